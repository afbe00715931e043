package repair

// cueKind is what a piece of furniture wants from the reader or tells them.
type cueKind uint8

const (
	cueShare cueKind = iota + 1
	cueFollow
	cueNewsletter
	cueApp
	cueMore
	cueRelated
	cueCredit
	cueRights
	cueDisclaimer
	cueConsent
	cuePaywall
	cueTypo
	cueMachine
	cueComments
	cueNavigation
	cueCounter
	cueTags
	cuePress
	cueSupport
	cueAdvert
	cueAuthor
	cuePlayer
	cueAge
	cueFeedback
	cueReader // speaks to the reader or of the page itself, like furniture of any kind
	cueContact
	cueTip
	cueForum
	cueMail
	cueSent
	cuePrompt
	cueByline
	cueSyndicated
	cueFormerly
	cueEmbargo
	cueAgency
	cueListen
	cueStamp
	cueVoice
	cueLegal
)

// cueNames say in notes what a block was taken for.
var cueNames = map[cueKind]string{
	cueShare: "share line", cueFollow: "channel prompt", cueNewsletter: "newsletter prompt", cueApp: "app prompt",
	cueMore: "read-more line", cueRelated: "related entries", cueCredit: "editorial credit", cueRights: "rights line",
	cueDisclaimer: "disclaimer", cueConsent: "consent notice", cuePaywall: "paywall notice", cueTypo: "typo notice",
	cueMachine: "translation notice", cueComments: "comment form", cueNavigation: "navigation", cueCounter: "counter",
	cueTags: "filing line", cuePress: "release frame", cueSupport: "appeal for support", cueAdvert: "advertising label",
	cueAuthor: "author's biography", cuePlayer: "player notice", cueAge: "age mark", cueFeedback: "question to the reader", cueReader: "notice",
	cueContact: "contact of a press office", cueTip: "request for tips", cueForum: "forum notice", cueMail: "mail frame", cueSent: "mail frame",
	cuePrompt: "prompt", cueByline: "filing line", cueSyndicated: "syndication notice", cueFormerly: "syndication notice",
	cueEmbargo: "embargo line", cueAgency: "agency line", cueListen: "links to listen", cueStamp: "date line", cueVoice: "player notice", cueLegal: "disclaimer",
}

// phrases are wordings of one kind of furniture. The spelling: lower case, '
// for every apostrophe, 0 for any number; ^ stands for the beginning of the
// block and $ for its end; … for up to eighty bytes of anything. A phrase
// begins where a word begins and may end within one, so stems will do.
type phrases struct {
	kind cueKind
	// sure phrases suffice at the edge of an entry; of the others it takes two,
	// or one and another sign.
	sure  bool
	lines []string // one or several languages each; phrases are divided by " | "
}

// wordings is the table of what furniture says, by kind and language. It holds
// what these lines say everywhere, and no sentence of any one site.
var wordings = []phrases{
	{cueShare, true, []string{
		"^share this | ^share on | ^share via | ^share: | ^share$ | share this story | share this article | share this post | share this with | share it with your | ^share with your | ^share with friends | pass it on! | ^tell your friends | ^click to share | ^tweet$ | ^tweet this | ^pin it | ^email this | ^print this | ^like this: | ^know somebody who … ? | ^know someone who … ?",
		"^teilen$ | ^teilen: | ^artikel teilen | ^beitrag teilen | ^teilen sie diesen | ^teilen sie den artikel | ^teile diesen | ^jetzt teilen | diesen artikel teilen | diesen beitrag teilen | ^weitersagen | ^artikel drucken",
		"^partager$ | ^partager sur | ^partager : | ^partager cet | partager cet article | ^partagez cet | ^partagez sur | ^partager l'article",
		"^compartir$ | ^compartir: | ^comparte esta | ^comparte este | ^comparte en | ^comparte: | ^compartir en | ^comparta esta | ^comparta este | compartir este artículo | compartir esta noticia",
		"^condividi su | ^condividi: | ^condividi$ | condividi questo articolo | condividi l'articolo",
		"^compartilhe esta | ^compartilhe este | ^compartilhe no | ^compartilhe nas | ^compartilhe: | ^compartilhar$ | ^compartilhar: | ^partilhe este | ^partilhe esta | ^partilhar$ | ^partilhar:",
		"^deel dit | ^delen$ | ^delen: | ^delen via | deel dit artikel | ^deel op",
		"^udostępnij | podziel się artykułem | ^podziel się:",
		"^поделиться$ | ^поделиться: | ^поделиться в | ^поделиться новостью | ^поделитесь с друзьями | ^поделитесь нов | ^поделитесь стат | ^поделитесь ссыл | ^поделитесь этой | поделиться в соц | ^расскажите друзьям",
		"^поділитися$ | ^поділитися: | ^поділитися в | ^поділіться з друзями | ^поділіться новин | ^поширити$ | ^поширити:",
		"^sdílet$ | ^sdílet: | ^sdílet na | ^sdílejte článek | ^dela$ | ^dela artikeln | ^dela på facebook | ^dela: | ^del$ | ^del artik | ^del på facebook | ^jaa artikkeli | ^jaa: | ^megosztás | ^oszd meg | ^distribuie | ^κοινοποίηση | ^μοιραστείτε",
		"^paylaş$ | ^paylaş: | bu haberi paylaş | ^chia sẻ | ^bagikan | ^שתפו | ^שתף",
		"^分享到 | ^分享至 | 分享给朋友 | 分享給朋友 | ^分享： | ^分享$ | 分享本文 | 分享到朋友圈 | 分享到微信 | 点个在看 | 点亮在看 | 点个赞 | 一键三连 | ^喜欢就 | ^转发本文 | ^點擊分享 | ^点击分享",
		"^シェアする | ^シェア$ | この記事をシェア | ^ツイート | ^共有する | ^この記事を共有",
		"^공유하기 | 기사 공유 | ^공유$ | ^sns 기사보내기 | ^기사보내기",
		"^شارك | شارك هذا | ^مشاركة | ^اشتراک",
	}},
	{cueFollow, true, []string{
		"^follow us on | ^follow us: | ^follow us$ | ^follow us @ | follow us on | ^follow … on x$ | ^follow … on twitter | ^follow … on facebook | ^follow … on instagram | ^follow … on telegram | ^follow … on google news | ^follow … on mastodon | ^follow … on bluesky | ^follow … on linkedin | ^follow … on whatsapp | ^join our … channel | join our telegram | join our whatsapp | ^like us on | ^find us on facebook | ^find us on instagram | ^connect with us | our whatsapp channel | our telegram channel | our youtube channel | ^subscribe to our channel | ^add us on google",
		"^folgen sie uns | ^folge uns | ^folgt uns | unser whatsapp-kanal | unserem whatsapp-kanal | unserem telegram-kanal",
		"suivez-nous | ^suivez nous | ^rejoignez-nous | ^rejoignez notre | ^abonnez-vous à notre chaîne | notre chaîne whatsapp | ^suivez toute l'actualité",
		"síguenos | siguenos | ^síganos | ^únete a nuestro | ^únete al canal | suscríbete a nuestro canal | nuestro canal de",
		"^seguici | seguici su | iscriviti al canale | nostro canale",
		"^siga-nos | ^siga nosso | ^siga o nosso | inscreva-se no canal | nosso canal | ^entre no nosso | ^acompanhe … nas redes",
		"^volg ons | ^obserwuj nas | ^śledź nas | ^dołącz do nas na | ^polub nas",
		"подписывайтесь на | подпишитесь на наш | ^подписаться на | ^читайте нас | ^следите за нашими | наш telegram | наш телеграм | ^мы в telegram | ^мы в соц | на наш канал | ^наш канал | ^присоединяйтесь к нам | ^присоединяйтесь к нашему",
		"^підписуйтесь на | ^підписуйтеся | ^підпишіться на | ^читайте нас | ^приєднуйтесь до нас | ^приєднуйтесь до нашого | на наш канал | на наш telegram",
		"^sledujte nás | ^följ oss | ^følg os | ^følg oss | ^seuraa meitä | ^urmărește-ne | ^urmăriți-ne | ^kövess minket | ^ακολουθήστε",
		"bizi takip | takip edin | kanalımıza abone | whatsapp kanal | ^theo dõi chúng tôi | ^ikuti kami | ^עקבו אחרינו | ^ما را دنبال",
		"关注…公众号 | 關注…公眾號 | ^关注我们 | ^關注我們 | 扫码关注 | 掃碼關注 | ^扫描关注 | 微信公众号 | 微信公眾號 | ^追蹤我們 | ^加入…频道 | ^加入…頻道 | ^欢迎关注 | ^歡迎關注 | 官方微博 | 官方微信",
		"^フォローする | ^フォローして | フォローお願い | 友だち追加 | ^公式x | 公式line",
		"구독하기 | 팔로우 | 채널 추가 | 채널을 구독 | 구독과 좋아요 | 카카오톡 채널",
		"^تابعنا | تابعونا | اشترك في قناتنا | ^انضم إلى قناة | قناتنا على",
	}},
	{cueNewsletter, true, []string{
		"^subscribe to our | ^subscribe to the newsletter | ^subscribe to the podcast | ^subscribe to the magazine | ^subscribe now | ^subscribe today | ^subscribe for | ^subscribe$ | ^subscribe here | ^subscribe via | subscribe to our newsletter | sign up for our | sign up to our | sign up for the newsletter | ^get … in your inbox | delivered to your inbox | straight to your inbox | direct to your inbox | ^join … subscribers | ^join 0 … readers | join more than 0 | ^never miss a | ^enter your email | ^unsubscribe | ^to unsubscribe | unsubscribe here | unsubscribe at any time | unsubscribe from this | leave the list | you are receiving this | our free newsletter | our daily newsletter | our weekly newsletter | readers who get our | ^want more stories",
		"unser newsletter | unseren newsletter | unserem newsletter | newsletter abonnieren | ^abonnieren sie | ^jetzt abonnieren | ^jetzt newsletter | zum newsletter anmelden | für unseren newsletter | kostenlos abonnieren",
		"^abonnez-vous | inscrivez-vous à notre | inscrivez-vous à la newsletter | notre newsletter | notre infolettre | ^recevez … par mail | ^recevez … par e-mail | ^recevez … boîte mail | ^recevez gratuitement",
		"^suscríb | ^suscrib | nuestro boletín | nuestra newsletter | recibe … en tu correo | recibe las alertas | ^recibe … newsletter | ^recibe … boletín",
		"^iscriviti alla nostra | ^iscriviti al canale | nostra newsletter | ^abbonati | iscriviti alla newsletter",
		"^assine já | ^assine agora | ^assine a newsletter | ^assine o jornal | ^assine a nossa | nossa newsletter | ^receba … e-mail | ^receba … email | ^subscreva a nossa | ^subscreva a newsletter",
		"onze nieuwsbrief | ^schrijf je in | ^meld je aan voor | ^abonneer | nieuwsbrief ontvangen | ^ontvang … nieuwsbrief",
		"nasz newsletter | naszego newslettera | ^zapisz się do newslettera | ^zapisz się na newsletter | ^zaprenumeruj | ^subskrybuj | do newslettera",
		"нашу рассылку | на рассылку | ^подпишитесь | ^подписывайтесь | ^подписаться | ^получайте … на почту | нашу розсилку | на розсилку | ^підпишіться | ^підписатися",
		"^přihlaste se k odběru | ^odebírejte | našeho newsletteru | vårt nyhetsbrev | ^prenumerera | vores nyhedsbrev | vårt nyhetsbrev | ^abonner | ^tilaa uutiskirje | hírlevelünk | ^iratkozz fel | ^abonează-te | ^abonați-vă | ^εγγραφείτε",
		"bültenimize | e-bülten | ^abone ol | đăng ký nhận | ^berlangganan | לניוזלטר | خبرنامه ما",
		"订阅…邮件 | 订阅…电子报 | 訂閱…電子報 | ^订阅我们 | ^訂閱我們 | 免费订阅 | 免費訂閱",
		"メルマガ登録 | メールマガジン | ニュースレター登録 | ニュースレターに | メールで受け取る | ^新着…メール",
		"뉴스레터 구독 | 구독 신청 | 이메일로 받 | 뉴스레터를",
		"النشرة البريدية | نشرتنا | ^اشترك في | ^اشترك الآن",
	}},
	{cueNewsletter, false, []string{
		"newsletter | ^sign up | 登録無料 | 会員登録 | 無料登録 | snsでも | 公式アカウント | フォローして | ^inscreva-se | ^cadastre-se | ^zapisz się | ^anmäl dig | ^tilmeld | ^apúntate | ^join 0 | ^join us | inbox | mailing list | our mailing list | ^subscribe | email address | bulletin no. 0 | infolettre | ^inscrivez-vous | boletín | ^recibe | ^iscriviti | ^receba | nieuwsbrief | рассылк | розсилк | odběr | nyhetsbrev | nyhedsbrev | uutiskirje | hírlevél | bülten | ニュースレター | メルマガ | 뉴스레터 | 電子報 | 电子报 | 订阅 | 訂閱",
		"sind dabei | ^schon 0 | ^melden sie sich | ^jetzt anmelden | déjà 0 | ya somos 0 | уже 0 | już 0 | вже 0 | 现有0 | 名が利用中 | 人が登録",
	}},
	{cueApp, true, []string{
		"download our app | download the app | download our free app | ^get the app | ^get our app | our official app | ^scan the qr | scan this qr | scan the code | ^scan to | available on google play | ^open in app",
		"app herunterladen | ^laden sie unsere | ^scannen sie | jetzt die app",
		"téléchargez l'application | téléchargez notre | ^scannez | descarga nuestra app | ^descárgate | escanea el código | ^escanea",
		"scarica l'app | scarica la nostra | ^inquadra il | baixe o aplicativo | baixe nosso | ^escaneie | download onze app",
		"pobierz aplikację | pobierz naszą | zeskanuj kod | скачайте приложение | скачайте наше | отсканируйте | завантажте застосунок | завантажуйте наш | stáhněte si aplikaci | ladda ner vår app | ladda ner appen | hent vores app | last ned appen",
		"uygulamamızı indir | tải ứng dụng | unduh aplikasi",
		"^扫码下载 | ^掃碼下載 | ^扫码关注 | ^扫码阅读 | ^扫码查看 | ^扫码打开 | ^长按识别 | ^長按識別 | 长按二维码 | ^扫一扫 | ^掃一掃 | ^扫描二维码 | ^扫描下方 | ^識別二維碼 | ^识别二维码 | ^下载…app | ^下載…app | ^下载…客户端 | ^下載…客戶端 | ^下载…應用 | 尽在…app | 盡在…app | 客户端下载 | ^打开app | app内打开 | ^打开…客户端 | 尽在…客户端",
		"アプリをダウンロード | アプリで読む | アプリなら | ^アプリを | アプリで…届け | ^qrコードを",
		"앱 다운로드 | 앱에서 보기 | 앱을 설치 | 앱으로 보기 | حمل التطبيق | حمّل التطبيق | حمل تطبيق",
	}},
	{cueApp, false, []string{"our app | our apps | unsere app | unserer app | notre application | nuestra app | nuestra aplicación | nostra app | nosso aplicativo | nosso app | onze app | naszej aplikacji | наше приложение | нашем приложении | naší aplikac | vår app | 公式アプリ | تطبيقنا | uygulamamız | google play | app store | qr code | qr-code | code qr | código qr | kod qr | qr kod | 二维码 | 二維碼 | qrコード | qr코드 | ^扫码 | ^掃碼"}},
	{cueMore, true, []string{
		"^read more$ | ^read more: | ^read more at | ^read more on | ^read more » | ^read more → | ^read more > | ^continue reading | ^read the full story | ^read the full article | ^read the full post | ^read full | ^read the rest | ^read the original | ^read the whole | ^click here to | ^click here for | ^view the original | ^view original | ^see more$ | ^learn more$ | ^full story$ | ^full article | appeared first on | ^view this post on | ^keep reading | ^submitted by /u/ | ^link] [comments | 0 posts - 0 participants",
		"^weiterlesen | ^mehr lesen | ^lesen sie mehr | ^lesen sie weiter | ^lesen sie den | ^zum artikel | ^den ganzen artikel | ^zum vollständigen | ^hier weiterlesen | ^hier geht es | erschien zuerst auf",
		"^lire la suite | ^en savoir plus | ^lire l'article | ^lire l'intégralité | est apparu en premier",
		"^leer más | ^seguir leyendo | ^sigue leyendo | ^continuar leyendo | ^leer la noticia | ^leer el artículo | se publicó primero en | aparece primero en",
		"^leggi tutto | ^continua a leggere | ^leggi di più | ^leggi l'articolo | ^leia mais | ^continue lendo | ^ler mais | ^continuar a ler | ^leia a matéria | apareceu primeiro em",
		"^lees meer | ^lees verder | ^lees het hele | verscheen eerst op | ^czytaj więcej | ^czytaj dalej | ^czytaj całość | ^читать далее | ^читать полностью | ^читать дальше | ^подробнее$ | ^далее$ | ^читати далі | ^читати повністю | ^детальніше$ | ^číst dál | ^celý článek | ^číst více | ^läs mer | ^läs hela | ^læs mere | ^læs hele | ^les mer | ^les hele | ^lue lisää | ^tovább olvas | ^citește mai | ^citește tot | ^διαβάστε περισσότερα",
		"^devamını oku | ^haberin devamı | ^đọc thêm | ^xem chi tiết | ^baca selengkapnya | ^קרא עוד | ^ادامه مطلب",
		"^阅读全文 | ^閱讀全文 | ^查看原文 | ^阅读原文 | ^閱讀原文 | ^点击查看 | ^點擊查看 | ^查看更多 | ^继续阅读 | ^繼續閱讀 | ^查看全文 | ^点击阅读 | ^點此 | ^点此",
		"^続きを読む | ^記事全文 | ^もっと見る | ^全文を読む | ^詳しくはこちら | ^続きはこちら | ^続きは | ^더 보기 | ^더보기 | ^계속 읽기 | ^기사 전문 | ^자세히 보기 | ^전문 보기 | ^اقرأ المزيد | ^المزيد$ | ^لقراءة المزيد | ^أكمل القراءة",
	}},
	{cueRelated, true, []string{
		"^related: | ^related$ | ^related article | ^related stor | ^related post | ^related content | ^related news | ^related reading | ^related coverage | ^related release | ^related link | ^related topic | ^related video | ^you may also | ^you might also | ^you may like | ^read also | ^also read | ^read next | ^more from | ^recommended for | ^recommended stor | ^recommended read | ^recommended$ | ^most read | ^most popular | ^trending | ^more stories | ^more news | ^up next | ^what to read next | ^latest stories | ^popular posts | ^recent posts | ^you'll also | ^editor's pick | ^editors' pick",
		"^lesen sie auch | ^lesen sie dazu | ^lesen sie hier | ^lies auch | ^mehr zum thema | ^das könnte sie | ^das könnte dich | ^auch interessant | ^ähnliche artikel | ^ähnliche beiträge | ^verwandte | ^weitere artikel | ^weitere meldungen | ^weitere nachrichten | ^passend dazu | ^meistgelesen | ^meist gelesen | ^empfehlungen der | ^mehr aus | ^mehr von uns",
		"^lire aussi | ^à lire aussi | ^à lire également | ^à lire : | ^lire également | ^voir aussi | ^sur le même sujet | ^sur le même thème | ^articles liés | ^vous aimerez | ^articles similaires | ^les plus lus | ^à voir aussi | ^dans la même rubrique | ^nos articles",
		"^lea también | ^lee también | ^leer también | ^te puede interesar | ^te podría interesar | ^le puede interesar | ^te recomendamos | ^noticias relacionadas | ^artículos relacionados | ^entradas relacionadas | ^también te puede | ^relacionad | ^ver también | ^lo más leído | ^más noticias | ^no te pierdas:",
		"^leggi anche | ^ti potrebbe interessare | ^articoli correlati | ^potrebbe interessarti | ^vedi anche | ^correlati | ^i più letti | ^leia também | ^veja também | ^notícias relacionadas | ^você pode gostar | ^mais lidas | ^leia ainda | ^artigos relacionados | ^posts relacionados | ^veja mais",
		"^lees ook | ^gerelateerd | ^bekijk ook | ^meest gelezen | ^meer nieuws | ^czytaj także | ^czytaj też | ^czytaj również | ^zobacz też | ^zobacz także | ^zobacz również | ^przeczytaj także | ^przeczytaj też | ^przeczytaj również | ^polecamy | ^powiązane | ^najczęściej czytane | ^podobne artykuły",
		"^читайте также | ^читайте ещё | ^читайте еще | ^читать также | ^смотрите также | ^по теме | ^похожие | ^материалы по теме | ^ещё по теме | ^рекомендуем | ^вам может | ^другие новости | ^самое читаемое | ^популярное | ^читайте по теме | ^новости по теме | ^читайте також | ^також читайте | ^схожі | ^матеріали за темою | ^дивіться також | ^популярне | ^за темою",
		"^čtěte také | ^čtěte též | ^přečtěte si | ^související | ^mohlo by vás | ^další články | ^nejčtenější | ^čítajte aj | ^läs också | ^läs även | ^relaterat | ^relaterade | ^mest läst | ^læs også | ^les også | ^relaterede | ^relaterte | ^mest læst | ^mest lest | ^lue myös | ^aiheesta lisää | ^luetuimmat | ^kapcsolódó | ^olvasd el | ^citește și | ^citiți și | ^vezi și | ^articole similare | ^διαβάστε επίσης | ^διαβάστε ακόμ | ^σχετικά άρθρα | ^δείτε επίσης",
		"^ilgili haber | ^i̇lgili haber | ^bunlar da | ^ilginizi çekebilir | ^i̇lginizi çekebilir | ^benzer haber | ^benzer yazı | ^diğer haberler | ^bunu da oku | ^çok okunan | ^tin liên quan | ^bài viết liên quan | ^xem thêm | ^baca juga | ^artikel terkait | ^berita terkait | ^קראו גם | ^כתבות נוספות | ^بیشتر بخوانید | ^مطالب مرتبط | ^यह भी पढ़ें | ^इसे भी पढ़ें | ^อ่านเพิ่มเติม | ^ข่าวที่เกี่ยวข้อง",
		"^相关阅读 | ^相關閱讀 | ^相关新闻 | ^相關新聞 | ^相关报道 | ^相關報導 | ^相关文章 | ^相關文章 | ^相关推荐 | ^相关链接 | ^延伸阅读 | ^延伸閱讀 | ^推荐阅读 | ^推薦閱讀 | ^猜你喜欢 | ^猜你喜歡 | ^更多精彩 | ^更多新聞 | ^更多新闻 | ^更多报道 | ^热门文章 | ^热门推荐 | ^熱門文章 | ^熱門新聞 | ^往期回顾 | ^往期推荐 | ^往期精彩 | ^大家都在看 | ^你可能 | ^您可能 | ^看更多",
		"^あわせて読みたい | ^合わせて読みたい | ^併せて読みたい | ^関連記事 | ^関連ニュース | ^関連リンク | ^おすすめ記事 | ^おすすめの | ^おすすめ$ | ^こちらもおすすめ | ^人気記事 | ^人気の記事 | ^こんな記事も | ^この記事を読んだ人 | ^アクセスランキング | ^最新記事",
		"^관련기사 | ^관련 기사 | ^관련뉴스 | ^관련 뉴스 | ^추천 기사 | ^추천기사 | ^많이 본 | ^함께 보면 | ^함께 읽 | ^이 기사도 | ^인기 기사 | ^인기기사 | ^주요뉴스 | ^다른 기사",
		"^اقرأ أيضا | ^اقرأ أيضًا | ^إقرأ أيضا | ^اقرأ ايضا | ^مواضيع ذات صلة | ^مقالات ذات صلة | ^أخبار ذات صلة | ^شاهد أيضا | ^شاهد أيضًا | ^الأكثر قراءة | ^قد يعجبك",
	}},
	{cueRelated, false, []string{
		"^see also | ^more on | ^popular | ^latest | ^don't miss | ^siehe auch | ^zum thema | ^mehr dazu | ^más información | ^más sobre | ^approfondi | ^saiba mais | ^meer over | ^więcej o | ^подробнее | ^ещё: | ^mer om | ^こちらも | ^推荐 | ^推薦 | ^热门",
	}},
	{cueCredit, true, []string{
		"^reporting by | ^editing by | ^with reporting from | ^with reporting by | ^with files from | ^additional reporting: | ^this report was compiled | ^this report was prepared by | ^this story was edited by | ^additional reporting by | ^compiled by | reporting by … editing by | writing by … editing by | ^our standards: | ^edited by | ^photo editing",
		"^redaktion: | ^bearbeitet von | redigiert von | ^redaktionelle | ^rédaction | reportage … édité par | ^édité par | rédaction … édition | version française",
		"^edición: | ^editado por | ^reporte de | reporte de … editado | ^redacción: | ^a cura di | ^redazione | ^edição: | ^reportagem de … edição | ^redactie: | ^bewerkt door",
		"^redakcja: | ^redagował | ^opracowanie: | ^oprac. | ^редактор: | ^редакция: | ^корректор: | ^выпускающий редактор | ^redakce: | ^editör: | ^editor: | ^redaktör:",
		"^责任编辑 | ^責任編輯 | ^责编 | ^責編 | ^编辑： | ^編輯： | ^编辑: | ^編輯: | ^编辑/ | ^审核： | ^校对： | ^校對： | ^核稿 | ^监制： | ^见习编辑 | ^实习编辑 | ^值班编辑 | ^文字编辑 | ^编辑丨 | ^责任编辑丨 | ^本文编辑 | ^主编：",
		"^編集： | ^編集: | ^編集部 | ^文・編集 | ^編集・構成 | ^担当デスク | ^편집: | ^편집자: | ^편집= | ^تحرير: | ^تحرير | ^إعداد وتحرير",
	}},
	{cueCredit, false, []string{"editing by | reporting by | édition | edición | edição | редакц | 编辑 | 編輯 | 編集 | 편집"}},
	{cueRights, true, []string{
		"^© | ^(c) 0 | ^copyright 0 | ^copyright © | ^copyright (c) | © 0 | copyright 0 … all rights | ^all rights reserved | all rights reserved.$ | all rights reserved$ | may not be reproduced | may not be republished | may not be published | may not be copied | ^reproduction without permission | ^reproduction without prior | ^reproduction without the | ^reproduction without consent | ^reproduction without written | ^republication | without prior written | without the express | ^reprinted with permission | licensed under a creative | ^this work is licensed | ^this article is republished | this article under a creative commons",
		"alle rechte vorbehalten | ^nachdruck | vervielfältigung nur | tous droits réservés | reproduction interdite | tous droits de reproduction | todos los derechos reservados | prohibida la reproducción | prohibida su reproducción | reservados todos los derechos | queda prohibida",
		"riproduzione riservata | tutti i diritti riservati | todos os direitos reservados | proibida a reprodução | é proibida a | alle rechten voorbehouden | prawa zastrzeżone | kopiowanie zabronione",
		"все права защищены | при использовании материалов | при перепечатке | копирование материалов | при цитировании | усі права захищен | всі права захищен | при використанні матеріалів | використання матеріалів | передрук",
		"všechna práva vyhrazena | práva vyhrazena | všetky práva vyhradené | alla rättigheter förbehåll | alle rettigheder | alle rettigheter | kaikki oikeudet pidätetään | minden jog fenntartva | toate drepturile rezervate | με επιφύλαξη παντός | απαγορεύεται η αναδημοσίευση",
		"tüm hakları saklıdır | her hakkı saklıdır | izinsiz kopyalan | izinsiz kullanıl | giữ bản quyền | bản quyền thuộc | hak cipta | dilarang mengutip | כל הזכויות שמורות | کلیه حقوق | تمامی حقوق",
		"版权所有 | 版權所有 | 不得转载 | 不得轉載 | 禁止转载 | 禁止轉載 | 谢绝转载 | 转载请 | 轉載請 | 转载须 | 侵权必究 | 版权归 | 版權歸 | 本文版权 | 著作權所有",
		"無断転載 | 転載を禁 | 無断複製 | 複製・転載 | 禁無断 | 무단전재 | 무단 전재 | 재배포 금지 | 재배포금지 | 저작권자 | ⓒ | 무단복제 | 무단 복제 | جميع الحقوق محفوظة | حقوق النشر محفوظة | حقوق الطبع",
	}},
	{cueAge, true, []string{"^0+$ | сетевое издание … 0+ | свидетельство о регистрации сми | зарегистрировано роскомнадзор | зарегистрирован роскомнадзор | ідентифікатор медіа | icp备 | icp證 | 公网安备 | 备案号 | 청소년보호책임자 | 등록번호 | commission paritaire | registrazione al tribunale | registrazione tribunale | direttore responsabile: | v.i.s.d.p | verantwortlich im sinne"}},
	{cueRights, false, []string{"all rights reserved | copyright | republish | syndicat | creative commons | licence from | license from | nachdruck | urheberrecht | reproducción | перепечатк | © | ©0"}},
	{cueDisclaimer, true, []string{
		"not constitute … advice | not financial advice | not investment advice | for informational purposes only | views expressed … are those | opinions expressed … are those | views expressed … do not | opinions expressed … do not | contains affiliate | we may earn a | earn a commission | ^affiliate disclosure | ^forward-looking statements$",
		"keine anlageberatung | ^haftungsausschluss | enthält affiliate | ne constitue pas un conseil | ^avertissement : | liens affiliés | no constituye asesoramiento | no constituye una recomendación | ^aviso legal | descargo de responsabilidad | enlaces de afiliad | non costituisce consulenza | não constitui recomendação | não constitui aconselhamento | nie stanowi porady | nie stanowi rekomendacji | не является инвестиционной | не является индивидуальной | отказ от ответственности | может не совпадать с мнением | може не збігатися | yatırım tavsiyesi | yatırım danışmanlığı",
		"郑重声明 | 鄭重聲明 | 免责声明 | 免責聲明 | 不构成投资 | 不構成投資 | 不代表本站 | 不代表本网 | 不代表本網 | 不代表本台 | 不代表平台 | 本文仅代表作者 | 仅代表作者 | 僅代表作者 | 据此操作 | 風險自負 | 风险自负 | 風險自擔 | ^风险提示 | ^特别声明 | ^特別聲明",
		"投資を勧誘 | 免責事項 | 保証するものではありません | 投資判断は | 투자 권유 | 투자 판단의 | 투자 책임 | إخلاء مسؤولية | لا تعبر بالضرورة | لا يعبر بالضرورة",
	}},
	{cueDisclaimer, false, []string{"^disclaimer | 仅供参考 | 僅供參考 | 以上内容 | 以上內容 | sponsored | in partnership with | ^hinweis: | ^note: | stellt keine"}},
	{cueConsent, true, []string{
		"your ad choices | ^hosted on acast | ^hosted by simplecast | for privacy information | see privacy policy at | ^advertising inquiries",
		"information on your device | our 0 partners | we and our … partners | we use cookies | website uses cookies | site uses cookies | uses cookies to | cookie settings | accept cookies | accept all cookies | manage your choices | manage preferences | your privacy choices | cookie preferences | your consent choices",
		"cookie-einstellungen | verwendet cookies | verwenden cookies | nutzt cookies | wir und unsere … partner | nous utilisons des cookies | utilise des cookies | nos 0 partenaires | nous et nos partenaires | accepter les cookies | utilizamos cookies | usamos cookies | utiliza cookies | nuestros 0 socios | aceptar cookies | utilizziamo i cookie | utilizza cookie | utilizamos cookies | usa cookies | aceitar cookies | gebruiken cookies | gebruikt cookies | onze 0 partners | pliki cookie | plików cookie | pliki cookies | файлы cookie | файлов cookie | использует cookie | файли cookie | používá cookies | soubory cookie | använder cookies | använder kakor | bruger cookies | bruker cookies | çerezleri kullan | çerez politika | 使用cookie | 使用 cookie | cookieを使用 | クッキーを使用 | 쿠키를 사용 | ملفات تعريف الارتباط",
	}},
	{cueConsent, false, []string{"cookies | cookie | privacy policy | datenschutz | einwilligung | confidentialité | política de privacidad | privacidade | 隐私政策 | 隱私政策 | プライバシー | 개인정보"}},
	{cuePaywall, true, []string{
		"^sie haben noch 0 | kostenlose artikel übrig | freie artikel übrig | ^te quedan 0 | ^le quedan 0 | ^vous avez lu 0 | ^il vous reste | ^ti restano 0 | ^restam 0 | ^você ainda tem 0 | ^pozostało ci 0 | ^осталось 0 бесплатн | ^залишилося 0 | あと0文字 | 残り0本 | 残り 0 本 | 残り0% | 続きは有料 | この続きは | 今月の残り | 0 of 0 free | ^this is your last free",
		"for subscribers only | subscribers only | to continue reading | already a subscriber | ^log in to read | ^log in to continue | ^sign in to read | subscribe to read | subscribe to continue | free articles left | articles remaining | free articles remaining | characters remaining | words remaining | ^to read the full | register to continue | ^you have 0 | ^this article is exclusive | 0 % of this article | 0% of this article",
		"nur für abonnenten | exklusiv für abonnent | artikel ist kostenpflichtig | kostenpflichtiger artikel | bereits abonnent | probeabo | weiterlesen mit | réservé aux abonnés | réservé à nos abonnés | il vous reste 0 | déjà abonné | pour lire la suite | 0% de cet article | 0 % de cet article | solo para suscriptores | exclusivo para suscriptores | exclusiva para suscriptores | contenido exclusivo para | ya eres suscriptor | ¿ya eres | riservato agli abbonati | già abbonato | per gli abbonati | exclusivo para assinantes | apenas para assinantes | já é assinante | alleen voor abonnees | tylko dla subskrybentów | treść premium | pozostało 0 | только для подписчиков | доступно по подписке | осталось прочитать | лише для підписників | тільки для передплатників | pouze pro předplatitele | för våra prenumeranter | kun for abonnenter | abonelere özel",
		"会员专享 | 會員專享 | 会员专属 | 付费阅读 | 付費閱讀 | 订阅后可 | 订阅用户 | 訂戶專享 | 登录后查看 | 登录后阅读 | 登入後 | 剩余0字 | 剩余 0 字 | 有料会員限定 | 会員限定記事 | 会員限定です | 有料会員のみ | 残り0文字 | 残り 0 文字 | 残り：0 | この記事は有料 | 続きを読むには | 有料記事です | 유료 회원 | 유료회원 | 구독자 전용 | 로그인 후 | للمشتركين فقط | المحتوى للمشتركين",
	}},
	{cuePaywall, false, []string{"members only | members-only | subscriber-only | premium content | voor abonnees | dla subskrybentów | dla prenumeratorów | for abonnenter | pro předplatitele | mit einem abo | für abonnenten | contenuto riservato | för prenumeranter | 会員限定 | 有料会員 | абонент"}},
	{cueTypo, true, []string{
		"^spotted an error | ^spotted a mistake | ^spotted a typo | ^found an error | ^found a mistake | ^found a typo | spot a typo | spot an error | ^see an error | ^see a mistake | ^report a typo | ^report an error | ^report a mistake | ^report this error | suggest a correction",
		"^fehler gefunden | ^einen fehler gefunden | haben sie einen fehler | ^fehler entdeckt | ^fehler melden | fehler im artikel | une erreur dans cet | signaler une erreur | repéré une erreur | ^has visto un error | ^has encontrado un error | ¿encontró un error | ^¿ves un error | ^¿has visto un error | ^¿has encontrado | reportar error | reportar un error | informar de un error | hai trovato un errore | segnala un errore | segnalaci | ^encontrou um erro | ^encontrou algum erro | ^viu um erro | comunicar erro | reportar erro | ^foutje gezien | ^fout gezien | ^fout ontdekt | zauważyłeś błąd | zauważyłaś błąd | widzisz błąd | znalazłeś błąd | zgłoś błąd",
		"^нашли опечатку | ^нашли ошибку | ^заметили ошибку | ^заметили опечатку | ^увидели ошибку | ^увидели опечатку | ctrl+enter | ctrl + enter | ^знайшли помилку | ^помітили помилку | ^побачили помилку | našli jste chybu | našli jste v článku | ^hittat ett fel | ^hittat fel | rapportera fel | fundet en fejl | funnet en feil | feil i artikkelen | hata bildir | bir hata mı | yazım hatası",
		"^纠错 | ^糾錯 | ^报错 | 发现错误请 | 如有错误 | 如有錯誤 | 間違いを報告 | 誤字・脱字 | 誤字脱字 | 오류 신고 | 오탈자 신고 | الإبلاغ عن خطأ",
	}},
	{cueMachine, true, []string{
		"^automatically translated | ^machine translat | ^translated by | ^translated from | ^translated with | ^auto-translated | this article was … translat | this article has been … translat | this text was … translat | this page was … translat | this story was … translat | this post was … translat | ^this translation | ^this is a machine | this article was … generated | this article was written with | this summary was … generated",
		"dieser artikel wurde … übersetz | dieser text wurde … übersetz | dieser beitrag wurde … übersetz | ^maschinell übersetzt | ^automatisch übersetzt | ^aus dem … übersetzt von | cet article a été … traduit | ce texte a été … traduit | ^traduit automatiquement | ^traduction automatique | ^traduit de | ^traduit par | este artículo … traducid | este texto … traducid | ^traducción automática | ^traducido por | ^traducido automáticamente | questo articolo … tradott | ^traduzione automatica | ^traduzione di | este artigo … traduzid | este texto … traduzid | ^tradução automática | ^traduzido por | dit artikel … vertaald | ^automatisch vertaald | ^vertaald door | artykuł został … przetłumaczon | tekst został … przetłumaczon | ^tłumaczenie automatyczne | ^tłumaczenie maszynowe | статья переведена | текст переведен | текст переведён | ^машинный перевод | ^автоматический перевод | ^перевод выполнен | статтю перекладено | текст перекладено | ^машинний переклад | článek byl … přelož | text byl … přelož | artikeln är … översatt | artiklen er … oversat | bu haber … çevril | bu metin … çevril | ^otomatik çeviri",
		"本文由…翻译 | 本文由…翻譯 | 本文…机器翻译 | 本文…機器翻譯 | 本文为…翻译 | ^机器翻译 | ^機器翻譯 | この記事は…翻訳 | 本記事は…翻訳 | このページは…翻訳 | ^機械翻訳 | ^自動翻訳 | 이 기사는…번역 | 이 글은…번역 | ^자동 번역 | ^기계 번역 | هذا النص…ترجم | هذا المقال…ترجم | ^ترجمة آلية | ^تمت الترجمة",
	}},
	{cueMachine, false, []string{"translat | rendered into | artificial intelligence engine | ^this text was | übersetz | traduit | traducid | tradott | traduzid | перевод | переклад | 翻译 | 翻譯 | 翻訳 | 번역 | çeviri | tłumacz"}},
	{cueComments, true, []string{
		"^leave a reply | ^leave a comment | ^post a comment | ^add a comment | ^write a comment | ^comments$ | ^0 comment | ^no comments | mail address will not be published | required fields are marked | ^log in to comment | ^join the conversation | ^join the discussion | in the comments below | in the comments section | ^reply by email | ^reply via email | ^comment on this | ^comment by email | ^sign the guestbook | ^view comments | ^discuss on",
		"^kommentar schreiben | ^kommentar verfassen | ^schreibe einen kommentar | ^schreiben sie einen | ^kommentare$ | ^0 kommentar | mail-adresse wird nicht | erforderliche felder | ^diskutieren sie | ^laisser un commentaire | ^laissez un commentaire | adresse e-mail ne sera | champs obligatoires | ^commentaires$ | ^0 commentaire | ^deja un comentario | ^deja una respuesta | ^comentarios$ | ^0 comentario | correo electrónico no será | campos obligatorios | ^lascia un commento | ^lascia una risposta | ^commenti$ | indirizzo email non sarà | campi obbligatori | ^deixe um comentário | ^deixe uma resposta | ^deixe o seu comentário | ^comentários$ | e-mail não será publicado | campos obrigatórios | ^geef een reactie | ^laat een reactie | ^plaats een reactie | ^reacties$ | e-mailadres wordt niet",
		"^dodaj komentarz | ^komentarze$ | ^skomentuj | adres e-mail nie | ^оставить комментарий | ^оставьте комментарий | ^комментарии$ | ^комментариев | ^добавить комментарий | e-mail не будет опубликован | адрес email не будет | ^обсудить в | ^залишити коментар | ^залиште коментар | ^коментарі$ | ^додати коментар | ^napsat komentář | ^přidat komentář | ^komentáře$ | ^vstoupit do diskuse | ^lämna en kommentar | ^skriv en kommentar | ^kommentarer$ | ^skriv kommentar | ^jätä kommentti | ^szólj hozzá | ^lasă un comentariu | ^αφήστε σχόλιο | ^yorum yap | ^yorum yaz | ^yorumlar$ | ^bir yorum | e-posta hesabınız",
		"^发表评论 | ^發表評論 | ^发表回复 | ^發佈留言 | ^發表迴響 | ^网友评论 | ^參與討論 | ^参与讨论 | ^留言板 | ^我要评论 | ^コメントする | ^コメントを残す | ^コメントを書く | ^コメント$ | メールアドレスが公開されること | ^댓글 | ^답글 남기기 | ^اترك تعليق | ^اترك ردا | ^أضف تعليق | ^التعليقات | لن يتم نشر عنوان",
	}},
	{cueComments, false, []string{"guestbook | what do you think | comments | commentaires | comentarios | комментар | 评论 | 評論 | コメント"}},
	{cueNavigation, true, []string{
		"^previous post | ^next post | ^previous article | ^next article | ^previous story | ^next story | ^previous entry | ^next entry | ^older post | ^newer post | ^older entries | ^back to top | ^back to home | ^back to the | ^return to homepage | ^skip to content | ^go to homepage",
		"^vorheriger beitrag | ^vorheriger artikel | ^nächster beitrag | ^nächster artikel | ^zur startseite | ^nach oben | ^article précédent | ^article suivant | ^haut de page | ^retour à l'accueil | ^retour à la liste | ^volver al inicio | ^volver arriba | ^torna alla home | ^torna su | ^powrót na | ^zurück zur startseite | ^zurück zur übersicht | ^entrada anterior | ^entrada siguiente | ^siguiente entrada | ^artículo anterior | ^artículo siguiente | ^articolo precedente | ^articolo successivo | ^post anterior | ^próximo post | ^artigo anterior | ^próximo artigo | ^matéria anterior | ^vorig bericht | ^volgend bericht | ^vorig artikel | ^volgend artikel | ^poprzedni wpis | ^następny wpis | ^poprzedni artykuł | ^następny artykuł",
		"^предыдущая запись | ^следующая запись | ^предыдущая статья | ^следующая статья | ^предыдущая новость | ^следующая новость | ^на главную | ^наверх | ^попередній запис | ^наступний запис | ^попередня | ^на головну | ^předchozí příspěvek | ^další příspěvek | ^předchozí článek | ^další článek | ^föregående inlägg | ^nästa inlägg | ^önceki yazı | ^sonraki yazı | ^önceki haber | ^sonraki haber",
		"^上一篇 | ^下一篇 | ^返回首页 | ^返回首頁 | ^返回搜狐 | ^返回列表 | ^回首頁 | ^前の記事 | ^次の記事 | ^トップへ | ^一覧へ | ^一覧に戻る | ^ページトップ | ^이전글 | ^다음글 | ^이전 기사 | ^다음 기사 | ^목록으로 | ^المقال السابق | ^المقال التالي | ^العودة إلى",
	}},
	{cueCounter, true, []string{
		"^0 views | ^views: | ^0 shares | ^0 min read | ^0 minute read | ^0-minute read | ^reading time | ^estimated reading | ^read time | ^0 likes | ^lesezeit | ^0 aufrufe | ^temps de lecture | ^lecture 0 min | ^0 vues | ^tiempo de lectura | ^0 lecturas | ^tempo de leitura | ^tempo di lettura | ^leestijd | ^czas czytania | ^просмотров | ^просмотры | ^время чтения | ^время на чтение | ^час читання | ^переглядів | ^doba čtení | ^lästid | ^læsetid | ^okuma süresi | ^görüntülenme | ^okunma",
		"^阅读 0 | ^阅读0 | ^閱讀 0 | ^閱讀0 | ^阅读： | ^阅读量 | ^閱讀量 | ^阅读数 | ^浏览 0 | ^浏览0 | ^浏览量 | ^瀏覽 | ^点击 0 | ^点击0 | ^点击量 | ^点击数 | ^點閱 | ^人氣： | ^人氣 0 | ^点赞 0 | ^点赞0 | ^閲覧数 | ^閲覧回数 | ^この記事は約 | ^조회수 | ^조회 0 | ^عدد القراءات | ^عدد المشاهدات | ^مدة القراءة",
	}},
	{cueCounter, false, []string{"readers who | one of … readers | over rss | via rss | rss reader | feed reader | ^thanks for reading | ^thank you for reading | ^danke fürs lesen | ^merci de | ^gracias por leer | ^grazie per | ^obrigado por | ^спасибо, что | ^дякуємо, що | 感谢阅读 | 感謝閱讀 | お読みいただき | ^forwarded by | ^sent by | ^brought to you by"}},
	{cueTags, true, []string{
		"^filed under | ^filed in | ^tags: | ^tag: | ^tagged | ^categories: | ^posted in | ^schlagwörter | ^schlagworte | ^stichworte: | ^stichwörter | ^kategorie: | ^kategorien: | ^mots-clés | ^mots clés | ^étiquettes | ^classé dans | ^tags : | ^archivado en | ^etiquetas: | ^etiquetado | ^categoría: | ^categorías: | ^pubblicato in | ^categorie: | ^categoria: | ^marcadores: | ^assuntos: | ^arquivado em | ^categorias: | ^trefwoorden: | ^tagi: | ^słowa kluczowe: | ^kategorie: | ^kategoria: | ^теги: | ^тэги: | ^метки: | ^рубрика: | ^рубрики: | ^мітки: | ^štítky: | ^klíčová slova | ^taggar: | ^etiketler: | ^etiketler",
		"^标签： | ^标签: | ^標籤： | ^標籤: | ^关键词： | ^关键词: | ^關鍵字： | ^關鍵詞： | ^关键字： | ^栏目： | ^tags： | ^タグ： | ^タグ: | ^キーワード： | ^カテゴリ | ^태그: | ^태그 : | ^키워드: | ^وسوم | ^الوسوم | ^كلمات مفتاحية | ^الكلمات المفتاحية",
	}},
	{cueTags, false, []string{"^topics: | ^themen: | ^temas: | ^argomenti: | ^onderwerpen: | ^темы: | ^теми: | ^témata: | ^emner: | ^keywords: | ^rubrique : | ^category: | ^ämnen: | ^thèmes :"}},
	{cuePress, true, []string{
		"^pr 0$ | ^pr0$ | ^for immediate release | ^press release$ | ^news release$ | ^media release$ | ^release id: | ^release no. 0 | ^press release no. 0 | ^press release 0 | ^### | ^- ends - | ^-ends- | ^ends$ | ^-0-$ | ^pressemitteilung$ | ^pressemitteilung nr | ^presseinformation$ | ^communiqué de presse$ | ^nota de prensa$ | ^comunicado de prensa$ | ^comunicato stampa$ | ^comunicado de imprensa$ | ^persbericht$ | ^informacja prasowa$ | ^пресс-релиз$ | ^tisková zpráva$ | ^pressmeddelande$ | ^basın bülteni$ | ^新闻稿$ | ^新聞稿$ | ^プレスリリース$ | ^報道資料$ | ^보도자료$",
		"本プレスリリース | 本リリースは | このプレスリリース | プレスリリース受信 | プレス会員 | 報道機関向け | 報道機関の方 | 報道関係者の | 原稿をそのまま | そのまま掲載 | 最新のプレスリリース | 新着リリース | リリースを配信 | 원문 그대로 | 보도자료 원문 | 本新闻稿由 | 本新聞稿由",
	}},
	{cueSupport, true, []string{
		"^support our journalism | ^support independent | ^support our work | ^support us on | ^support the show | ^support this | ^support us$ | ^unterstützen sie unser | ^unterstützen sie uns | ^soutenez-nous | ^soutenez notre | ^sostieni il nostro | ^apoie o jornalismo | ^apoie o nosso | ^wesprzyj nas | ^поддержите нас | ^поддержите наш | ^поддержите редакцию | ^поддержать проект | ^підтримайте нас | ^підтримайте наш | ^podpořte nás | ^støt os | ^bize destek | ^become a member | ^become a supporter | ^become a patron | ^buy me a coffee | ^buy us a coffee | us on patreon | on patreon | on ko-fi | ^if you enjoyed this | ^if you liked this | ^enjoyed this | ^help us keep | ^unterstütze uns | ^jetzt spenden | ^faites un don | ^apóyanos | ^apoya el periodismo | ^haz una donación | ^hazte socio | ^sostienici | ^faça uma doação | ^steun ons | ^stöd oss | ^打赏 | ^赞赏 | ^支持我们 | ^支持我們 | ^請支持 | ^ご支援 | ^応援する | ^후원하기 | ^ادعمنا",
	}},
	{cueAdvert, true, []string{
		"^advertisement$ | ^advertisements$ | ^advert$ | ^ad$ | ^sponsored$ | ^sponsored content$ | ^story continues below | ^article continues below | ^article continues after | ^story continues after | ^continue reading below | ^scroll to continue | ^promoted content | ^anzeige$ | ^werbung$ | ^publicité$ | ^la suite après | ^publicidad$ | ^publicidade$ | ^continua após | ^pubblicità$ | ^continua dopo | ^advertentie$ | ^reklama$ | ^реклама$ | ^на правах рекламы | ^inzerce$ | ^annons$ | ^annonce$ | ^annonse$ | ^mainos$ | ^διαφήμιση$ | ^publicitate$ | ^hirdetés$ | ^reklam$ | ^ilan$ | ^i̇lan$ | ^quảng cáo$ | ^iklan$ | ^advertising$ | ^广告$ | ^廣告$ | ^推广$ | ^広告$ | ^スポンサーリンク$ | ^スポンサードリンク$ | ^광고$ | ^إعلان$ | ^اعلان$ | ^פרסומת$",
	}},
	{cueAuthor, true, []string{
		"^about the author | ^about the writer | ^about the authors | ^about this author | ^über den autor | ^über die autorin | ^zum autor | ^zur autorin | ^à propos de l'auteur | ^à propos de l'autrice | ^sobre el autor | ^sobre la autora | ^acerca del autor | ^l'autore: | ^informazioni sull'autore | ^sobre o autor | ^sobre a autora | ^over de auteur | ^o autorze$ | ^o autorce$ | ^об авторе | ^про автора | ^o autorovi | ^om författaren | ^om skribenten | ^yazar hakkında | ^作者简介 | ^作者簡介 | ^关于作者 | ^關於作者 | ^著者プロフィール | ^筆者プロフィール | ^この記事を書いた人 | ^執筆者プロフィール | ^필자 소개 | ^저자 소개 | ^عن الكاتب | ^نبذة عن الكاتب",
	}},
	{cueAuthor, false, []string{"is a freelance | is a staff writer | is a senior reporter | is a senior writer | is a contributing | is our correspondent | ist freie journalistin | ist freier journalist | est journaliste | es periodista | è giornalista | é jornalista | follow him on | follow her on | follow them on | can be reached at | email the author | contact the author"}},
	{cuePlayer, true, []string{
		"not available in your country | not available in your region | not available in your location | your browser does not support | your browser doesn't support | please enable javascript | enable javascript to | javascript is disabled in | turn off your ad blocker | disable your ad blocker | ad blocker detected | browser unterstützt | javascript aktivieren | navigateur ne supporte | navigateur ne prend | activer javascript | navegador no soporta | navegador no admite | activa javascript | browser non supporta | navegador não suporta | браузер не поддерживает | браузер не підтримує | 浏览器不支持 | 瀏覽器不支援 | ブラウザは対応 | ブラウザが対応 | 브라우저는 지원 | متصفحك لا يدعم",
	}},
	{cueReader, false, []string{
		"this website | this page | this newspaper | this article | this video | our website | our readers | click here | ^click | please try again | ^please | ^sorry | terms of | not permitted | our standards | is published | diese seite | dieser artikel | hier klicken | ^klicken sie | ce site | cet article | cliquez | este sitio | este artículo | haz clic | haga clic | questo sito | clicca | este site | clique | deze site | klik hier | tę stronę | kliknij | этот сайт | этой стран | нажмите | натисніть | цей сайт | tento web | klikněte | klicka | tıkla | bu site | 本站 | 本网 | 本網 | 点击 | 點擊 | 当サイト | 本サイト | 本紙 | クリック | こちら | 이 사이트 | 클릭 | هذا الموقع | اضغط | انقر",
	}},
}
