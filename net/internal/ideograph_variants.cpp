#include "net/internal/ideograph_variants.h"

#include <unordered_map>

namespace uketsuke::net::internal {

// No outside list is taken: these are the names and places that are met at a counter, and the compatibility ideographs
// of the names' characters. Those stand as numbers: an editor that normalises a text turns them into their plain form.
std::u32string_view ideograph_groups() {
    return U"高髙 崎﨑嵜 辺邊邉 斎齋斉齊 沢澤 浜濱濵 広廣 桜櫻 国國 島嶋嶌 富冨 吉𠮷 真眞 恵惠\uFA6B 徳德 塚\uFA10 "
           U"滝瀧 竜龍\uF9C4 関關 桑桒 館舘\uFA2C\uFA6D 剣劍劔 峰峯 条條 万萬 与與 芦蘆 礼禮\uFA18\uF9B6 円圓 栄榮 "
           U"寿壽 鉄鐵 実實 学學 浅淺 柳栁\uF9C9 隆\uF9DC 祐\uFA4F 福\uFA1B 神\uFA19 祥\uFA1A 靖\uFA1C 都\uFA26 "
           U"羽\uFA1E 曽曾 薮藪籔 桧檜 蛍螢 弥彌 蔵藏 巌巖 亜亞 会會 仏佛 来來 黒黑 緑綠 清淸 晴\uFA12 "
           U"郎郞\uFA2E\uF92C 穂穗 鴎鷗 逸\uFA25\uFA67 諸\uFA22 益\uFA17 猪\uFA16 凛凜 尭堯 遥遙 槙槇 瑶瑤 晋晉 応應 "
           U"団團 壮壯 奥奧 増增 寛寬 専專 将將 巣巢 戸戶 暁曉 横橫 歩步 歴歷 毎每 気氣 沖冲 渋澁 済濟 温溫 瀬瀨 産產 "
           U"県縣 経經 縄繩 総總 聡聰 船舩 芸藝 荘莊 薫薰 衛衞 覚覺 証證 譲讓 豊豐 釈釋 録錄 鎮鎭 静靜 頼賴 顕顯 麦麥 "
           U"黄黃 黙默 藤籐 鶴靏靍\uFA2D 渕淵 児兒 ケヶ 精\uFA1D 飯\uFA2A 飼\uFA2B 隷\uFA2F 侮\uFA30 僧\uFA31 免\uFA32 "
           U"勉\uFA33 勤\uFA34 卑\uFA35 喝\uFA36 嘆\uFA37 器\uFA38 塀\uFA39 墨\uFA3A 層\uFA3B 悔\uFA3D 慨\uFA3E "
           U"憎\uFA3F 懲\uFA40 敏\uFA41 既\uFA42 暑\uFA43 梅\uFA44 海\uFA45 渚\uFA46 漢\uFA47 煮\uFA48 琢\uFA4A "
           U"碑\uFA4B 社\uFA4C 祉\uFA4D 祈\uFA4E 祖\uFA50 祝\uFA51 禍\uFA52 禎\uFA53 穀\uFA54 突\uFA55 節\uFA56 "
           U"練\uFA57 繁\uFA59 署\uFA5A 者\uFA5B 臭\uFA5C 著\uFA5F 褐\uFA60 視\uFA61 謁\uFA62 謹\uFA63 賓\uFA64 "
           U"贈\uFA65 難\uFA68 響\uFA69 頻\uFA6A 廊\uF928 朗\uF929";
}

namespace {

const std::unordered_map<char32_t, char32_t>& variants() {
    static const auto map = [] {
        std::unordered_map<char32_t, char32_t> all;
        char32_t first = 0;
        for (const char32_t c : ideograph_groups()) {
            if (c == U' ') {
                first = 0;
            } else if (first == 0) {
                first = c;
            } else {
                all.emplace(c, first);
            }
        }
        return all;
    }();
    return map;
}

}  // namespace

char32_t one_ideograph(char32_t c) {
    const auto found = variants().find(c);
    return found == variants().end() ? c : found->second;
}

}  // namespace uketsuke::net::internal
