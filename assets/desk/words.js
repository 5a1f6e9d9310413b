// Every word that depends on what the kiosk says: its names (net/meaning.cpp, net/remarks.cpp, app/core/names.cpp,
// app/desk/README.md) and the sentence for each. A name that is not here is shown as it came, never hidden.

export const meaning = {
  'confirmed': '資格を確認しました',
  'confirmed with a remark': '資格は有効です。下の注意を確かめてください',
  'insurance ended': 'この保険の資格は終わっています。新しい保険の証明をお願いしてください',
  'insurance replaced': '別の保険に変わっています。新しい保険の証明をお願いしてください',
  'not found': '資格が見つかりません。ほかの証明か、資格申立書をお願いしてください',
  'several found': '資格が複数見つかりました。患者さんと一緒に選んでください',
  'unclear': '有効かどうかが回答に書かれていません。回答の内容を見てください',
  'processing': '照会先で処理中です。自動で問い合わせ直します',
  'busy': '照会先が混み合っています。自動で送り直します',
  'not known there': '照会先に届いていませんでした。自動で送り直します',
  'refused': '照会先が受け付けませんでした。送り直すか、資格申立書をお願いしてください',
  'other request': '別の照会への回答が届きました。送り直すか、資格申立書をお願いしてください',
  'other person': '生年月日の違う人の回答です。回答の内容を見てください',
  'name unknown': '照会先の名前が引けません。ネットワークの設定を確かめてください。自動で送り直します',
  'unreachable': '照会先につながりません。自動で送り直します',
  'timed out': '照会先から時間内に返事がありません。自動で送り直します',
  'unreadable': '照会先の回答が読めません。自動で送り直します',
  'service untrusted': '照会先の証明書が確かめられません。受付機の時計か証明書を、担当者に連絡してください',
  'own identity': '受付機の証明書が使えません。担当者に連絡してください',
  'cancelled': '受付機の停止中でした。自動で送り直します',
  'own fault': '受付機の保存先か設定に問題があります。担当者に連絡してください',
};

export const remark = {
  'side information': '照会先からのお知らせがあります。回答の内容を見てください',
  'text repaired': '読めない文字がありました。氏名と住所を確かめてください',
  'character replaced': '氏名か住所に「●」などの置き換え文字があります。正しい字を確かめてください',
  'character unknown': '受付機で表示できない字があります。レセコンで確かめてください',
  'no result': '有効との回答ですが、資格の内容がありません',
  'several results': '資格が複数あります。患者さんと一緒に選んでください',
  'qualification date missing': '資格取得日がありません',
  'qualification not yet': '資格取得日が受診日より後です',
  'qualification lost': '資格を失った日か理由が書かれています',
  'card expired': '保険証などの有効期限が過ぎています',
  'number missing': '保険者番号か、被保険者の番号がありません',
  'branch inside number': '枝番が番号の中に入っているようです。番号と枝番を確かめてください',
  'contribution ratio missing': '負担割合がありません。患者さんに確かめてください',
  'limit amount missing': '限度額情報に同意がありましたが、回答にありません',
  'consent not as given': '回答の同意の内容が、患者さんの選んだものと違います',
  'unknown code': '意味の分からないコードがあります。回答の内容を見てください',
  'date unreadable': '読めない日付があります。回答の内容を見てください',
};

export const method = { face: '顔認証', pin: '暗証番号', visual: '目視', declaration: '申立書' };

export const state = {
  'confirmed': '確認済み',
  'queued': '照会待ち',
  'problem': '窓口で対応',
  'set-aside': '対応済み',
};

/// How a form compares with what the service said since.
export const check = { match: '一致', differs: '相違', unknown: '未確認' };

/// What the claim is made with.
export const claim = { current: '今の番号で請求', old: '以前の番号で請求', sevens: '「不詳」請求（7埋め）' };

export const declared = {
  'name': '氏名', 'name-kana': 'フリガナ', 'birth-date': '生年月日', 'sex': '性別', 'postal-code': '郵便番号',
  'address': '住所', 'insurance': '保険の種別', 'insurer-name': '保険者等名称', 'ratio': '負担割合',
};

/// What a patient who called has to show.
export const to_show = {
  'portal': 'マイナポータルの画面を見てほしいそうです',
  'notice': '資格情報のお知らせを見てほしいそうです',
  'visits': '以前の受診の記録で確かめてほしいそうです',
};

export const declaration = { made: '申立書あり', reconciled: '申立書を照合済み' };

export const screen = {
  'idle': '待ち受け中',
  'reading-card': 'カードを読んでいます',
  'card-problem': 'カードが使えません',
  'expiry-notice': '期限のお知らせを見ています',
  'choose-method': '本人確認の方法を選んでいます',
  'face': '顔認証をしています',
  'face-failed': '顔認証ができませんでした',
  'pin': '暗証番号を入れています',
  'pin-last-try': '暗証番号があと1回です',
  'pin-locked': '暗証番号がロックされています',
  'call-staff': 'スタッフを呼んでいます',
  'staff-check': 'スタッフが操作しています',
  'number-entry': '番号を手で入れています',
  'registration': '保険証の利用登録をしています',
  'consent': '情報提供の同意を選んでいます',
  'limit-amount': '限度額情報を選んでいます',
  'consent-summary': '選んだ内容を確かめています',
  'submitting': '受け付けています',
  'accepted': '受け付けました',
  'not-saved': '受け付けを保存できませんでした',
  'take-card': 'カードを取ってもらうところです',
  'card-taken': 'カードが取られました',
  'other-ways': 'ほかの確認方法を選んでいます',
  'show-to-staff': '窓口で見せるところです',
  'declaration-text': '申立書を書いています',
  'declaration-date': '申立書を書いています',
  'declaration-choice': '申立書を書いています',
  'declaration-signature': '申立書に署名しています',
  'declaration-review': '申立書を確かめています',
  'declaration-saving': '申立書を保存しています',
  'declaration-done': '申立書を書き終えました',
  // Of a tablet, which has no desk.
  'tour-sign-in': '訪問の担当者を待っています',
  'tour': '訪問先で待っています',
  'care-list': '患者一覧を見ています',
  'care-patient': '患者さんの同意を見ています',
  'lay-card': 'カードを待っています',
  // Staff stopped it, or there is no reader: screen_of().
  'out-of-service': 'カードリーダーが使えません',
};

export const face = { offered: '顔認証できます', failed: '顔認証ができませんでした', away: '顔認証は使えません' };

export const reason = {
  'face-and-pin-failed': '顔認証ができず、暗証番号も使えない',
  'condition': 'けが・体調などで操作が難しい',
  'device-trouble': '機器の不調',
  'other': 'その他',
};

export const allowance = {
  'ordered-keypad': '数字キーを順番に並べる',
  'waive-challenge': '顔を横に向ける確認を省く',
  'type-number': '照合番号を手で入れる',
};

export const hand = {
  'call': '患者さんが呼んでいます',
  'card-problem': 'カードが使えずにいます',
  'pin-locked': '暗証番号がロックされています',
  'face-failed': '顔認証ができずにいます',
  'answer': '回答を見て、窓口で対応してください',
  'request': '照会が送れていません',
  'not-saved': '受け付けを保存できませんでした。患者さんにお声がけください',
  'declaration': '申立書が届きました。まだ紙になっていません',
  'device': '受付機に不具合があります',
};

export const part = {
  'reader': 'カードリーダー',
  'camera': 'カメラ',
  'network': 'ネットワーク',
  'queue': '照会待ち',
  'disk': '保存先の空き',
  'clock': '時計',
  'certificate': '証明書',
  'receipt-computer': 'レセコン連携',
  'webhook': '院内システム',
  'audit': '操作の記録',
};

export const level = { good: '正常', notice: '注意', trouble: '不具合', off: '未使用' };

// What a part says beside its state, "part.word" before "word". N is replaced by the value.
export const says = {
  'works': '正常です',
  'not-there': '使っていません',
  'switched-off': '使わない設定です',
  'starting': '準備しています',
  'away': '見つかりません。つながりを確かめてください',
  'camera.no-picture': '映像が届きません。つながりを確かめてください',
  'camera.no-models': '顔認証のデータがないため、顔認証は使えません',
  'network.service-away': '照会先につながりません。受付はできます',
  'queue.empty': '待っている照会はありません',
  'queue.waits': '照会が待っています（一番古いものはN分前）',
  'queue.waits-long': '照会が長く待っています（一番古いものはN分前）',
  'queue.was-damaged': 'ファイルが壊れていたため、控えを取って新しくしました',
  'unreadable': '読めません。担当者に連絡してください',
  'disk.little-space': '空きが少なくなっています（残りN MB）',
  'disk.full': '空きがありません（残りN MB）。担当者に連絡してください',
  'clock.wrong': 'ずれています（N秒）。担当者に連絡してください',
  'certificate.refused': '証明書が使えません。担当者に連絡してください',
  'receipt-computer.away': '渡す先のフォルダーが見つかりません',
  'webhook.not-taken': '受け取ってもらえていません',
  'audit.unwritable': '書けません。目視確認などは使えません。担当者に連絡してください',
};

// Values that come in other units than they are said in.
const k_per = { 'queue.waits': 60, 'queue.waits-long': 60 };

export const ticket = {
  'done': '受付機に伝わりました',
  'too-late': '間に合いませんでした。カードが替わったか、もうありません',
  'refused': 'いまは、その操作はできません',
};

export const role = { desk: '受付', manager: '責任者' };

// Why a call was not carried out: the words of the server, else the number of its answer.
export const refusal = {
  'wrong': '名前かパスワードが違います',
  'wrong-password': '今のパスワードが違います',
  'same-password': '今のパスワードとは違うものにしてください',
  'too-short': 'パスワードは12文字以上にしてください',
  'too-long': 'パスワードは128文字までです',
  'account-name': '名前と同じものは使えません',
  'one-character': '同じ文字の繰り返しは使えません',
  'row': '並んだ文字は使えません',
  'common': 'よく使われるパスワードは使えません',
  'not-text': '使えない文字があります',
  'too-often': '続けて試したため、しばらく使えません',
  'not-stored': '保存できませんでした。担当者に連絡してください',
  'must-change': '先にパスワードを変えてください',
  'not-here': '見つかりませんでした。もう終わったかもしれません',
  'not-now': 'いまは、その操作はできません',
  'not-understood': '内容が受け付けられませんでした',
  'not-configured': 'この受付機では使わない設定です',
  'no-record': '操作の記録が書けないため、できません。担当者に連絡してください',
  'no-page': '申立書を作れません。担当者に連絡してください',
  'storage': '受付機の保存先が使えません。担当者に連絡してください',
  'managers-only': 'この操作ができるのは責任者です',
  'unavailable': '受付機が忙しいか、止まるところです。少し待ってください',
  0: '受付機につながりません',
  400: '内容が受け付けられませんでした',
  401: 'サインインが必要です',
  403: 'この操作は許されていません',
  404: '見つかりませんでした',
  409: 'いまは、その操作はできません',
  413: '長すぎます',
  429: '続けて試したため、しばらく使えません',
  503: '受付機が忙しいか、止まるところです。少し待ってください',
};

export const act = {
  'visual-check armed': '目視確認を準備',
  'visual-check for the card that lies there': '置かれているカードを目視確認',
  'visual-check used': '目視確認を使用',
  'visual-check lapsed': '目視確認が時間切れ',
  'visual-check withdrawn': '目視確認を取り消し',
  'reception by visual-check': '目視確認で受け付け',
  'number of the card typed': '照合番号を手で入れた',
  'challenge waived': '顔を横に向ける確認を省いた',
  'ordered keypad allowed': '数字キーを順番に並べた',
  'reception stopped': '受付を止めた',
  'reception resumed': '受付を再開',
  'kiosk code refused': '受付機のコード違い',
  'kiosk code paused': '受付機のコードを一時停止',
  'arrival opened': '氏名などを表示',
  'arrival seen': '来院を確認',
  'arrival set aside': '照会を対応済みに',
  'arrival declared': '申立書を受け取り',
  'arrival reconciled': '申立書を照合',
  'self-declaration opened': '申立書を表示',
  'request retried': '照会を送り直し',
  'arrivals exported': '一覧を書き出し',
  'photo of the card looked at': 'カードの顔写真を表示',
  'signed in': 'サインイン',
  'sign-in refused': 'サインイン失敗',
  'sign-in paused': 'サインインを一時停止',
  'signed out': 'サインアウト',
  'password changed': 'パスワードを変更',
  'kiosk started': '受付機を起動',
  'kiosk stopped': '受付機を終了',
  'configuration changed': '設定を変更',
};

export const finding = {
  'unreadable': '読めない行があります',
  'altered': '書き換えられた行があります',
  'broken': '行が消されたか、足されたか、並べ替えられています',
  'cut off': '終わりが切り取られています',
  'head missing': '記録か、その印がありません',
  'head old': '印が古いものに戻されたか、知らない記録が加わっています',
  'head foreign': '印が合いません',
  'clock back': '時刻が前に戻っています',
  'clock jump': '時計が大きく動いています',
};

export const fields = [
  ['name', '氏名'], ['kana', 'フリガナ'], ['birth_date', '生年月日'], ['age', '年齢'], ['sex', '性別'],
  ['insurer_number', '保険者番号'], ['insurer_name', '保険者'], ['symbol', '記号'], ['number', '番号'],
  ['branch', '枝番'], ['ratio', '負担割合'], ['valid_from', '資格取得日'], ['valid_to', '資格喪失日'],
  ['answer_read_at', '回答を受けた時刻'],
];

export const sex = { 1: '男', 2: '女', 3: '不詳', male: '男', female: '女' };

/// The word for a name; a name nobody knows is shown as it is.
export function word(table, name) {
  if (name === null || name === undefined || name === '') return '';
  return Object.hasOwn(table, name) ? table[name] : String(name);
}

/// What the kiosk's screen shows now.
export function screen_of(kiosk) {
  return kiosk.screen === 'out-of-service' && kiosk.stopped ? '受付を止めています' : word(screen, kiosk.screen);
}

/// The sentence of a part of the kiosk; `value` stands where the sentence has an N.
export function says_of(health) {
  const key = [`${health.part}.${health.says}`, String(health.says)].find((name) => Object.hasOwn(says, name));
  if (!key) return health.state === 'off' ? '' : String(health.says ?? '');
  const number = health.value === null ? null : Math.round(health.value / (k_per[key] ?? 1));
  return number === null ? says[key].replace(/（[^）]*N[^）]*）/, '') : says[key].replace('N', String(number));
}

export function refusal_of(reply) {
  const said = reply.body && typeof reply.body === 'object' ? reply.body.error : undefined;
  if (typeof said === 'string' && Object.hasOwn(refusal, said)) return refusal[said];
  return Object.hasOwn(refusal, reply.status) ? refusal[reply.status] : refusal[400];
}
