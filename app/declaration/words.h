// What is printed on every form. A paper of Japanese law, in its language only: no catalogue of the screens holds it.
// Private to app/declaration.
#pragma once

#include <array>

namespace uketsuke::declaration::words {

inline constexpr const char* k_title = "被保険者資格申立書";
inline constexpr const char* k_addressed = "御中";
inline constexpr const char* k_sentence =
    "　私は、医療保険の被保険者または被扶養者の資格を有していますが、本日はオンライン資格確認等によりその資格を"
    "確認することができませんでした。ついては、下記のとおり申し立てます。";
inline constexpr const char* k_as_known = "分かる範囲でご記入ください。氏名のほかは、空欄でもかまいません。";

inline constexpr const char* k_person = "1. 受診される方";
inline constexpr const char* k_kana = "フリガナ";
inline constexpr const char* k_name = "氏名";
inline constexpr const char* k_birth_date = "生年月日";
inline constexpr const char* k_birth_date_to_write = "大正・昭和・平成・令和　　　年　　月　　日（西暦　　　年）";
inline constexpr const char* k_sex = "性別";
inline constexpr std::array k_sexes{"男", "女"};
inline constexpr const char* k_address = "住所";
inline constexpr const char* k_postal_mark = "〒";
inline constexpr const char* k_phone = "連絡先（電話）";

inline constexpr const char* k_insurance = "2. 加入している医療保険";
inline constexpr const char* k_kind = "種別";
// In the order of net::DeclaredInsurance, from NationalHealth on.
inline constexpr std::array k_kinds{"国民健康保険", "後期高齢者医療", "会社などの健康保険", "共済組合", "分からない"};
inline constexpr const char* k_insurer = "保険者等名称";
inline constexpr const char* k_office = "事業所名";
inline constexpr const char* k_ratio = "一部負担金の割合";
inline constexpr std::array k_ratios{"1割", "2割", "3割"};

inline constexpr const char* k_payment =
    "※ 窓口では、上の割合の一部負担金をお支払いいただきます。全額（10割）をご負担いただくことにはなりません。";
inline constexpr const char* k_later =
    "※ 資格は後日、オンライン資格確認等システムに照会して確認します。内容についてご連絡することがあります。";
inline constexpr const char* k_made_on = "申立日";
inline constexpr const char* k_made_on_to_write = "令和　　　　年　　　月　　　日";
inline constexpr const char* k_signature = "署名";

inline constexpr const char* k_office_use = "医療機関等記入欄";
inline constexpr const char* k_receipt = "受付番号";
inline constexpr const char* k_checked = "資格の照合";
inline constexpr std::array k_results{"一致", "相違（　　　　　　　　　　　　　　　）", "確認できず"};
inline constexpr const char* k_checked_on = "照合日";
inline constexpr const char* k_day_to_write = "　　　年　　月　　日";
inline constexpr const char* k_checked_by = "担当者";
inline constexpr const char* k_claim = "請求";
inline constexpr std::array k_claims{"現在の番号", "以前の番号", "「不詳」（番号を7で埋め、摘要欄に住所・連絡先）"};

inline constexpr const char* k_open_box = "□";
inline constexpr const char* k_filled_box = "■";

}  // namespace uketsuke::declaration::words
