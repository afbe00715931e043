package story

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"copydesk/feed"
)

// newsroom keeps what a caller of the package keeps.
type newsroom struct {
	t       testing.TB
	x       *Index
	stories map[int64]int64 // by entry
	next    int64
}

func newNewsroom(t testing.TB, o Options) *newsroom {
	return &newsroom{t: t, x: NewIndex(o), stories: map[int64]int64{}}
}

// receive places an entry and does what the placement says, as if nothing were
// published yet.
func (r *newsroom) receive(p Placed) Placement {
	got := r.x.Place(p)
	if p.Story = 0; len(got.Stories) > 0 {
		p.Story = got.Stories[0]
	} else {
		r.next++
		p.Story = r.next
	}
	if !r.x.Add(p) {
		r.t.Fatalf("entry %d can't be read", p.Entry)
	}
	r.stories[p.Entry] = p.Story
	fresh := map[int64]int64{0: p.Story}
	for _, m := range got.Moves {
		if r.stories[m.Entry] != m.From {
			r.t.Errorf("entry %d is moved from %d, but was in %d", m.Entry, m.From, r.stories[m.Entry])
		}
		to := m.To
		if to <= 0 {
			if fresh[to] == 0 {
				r.next++
				fresh[to] = r.next
			}
			to = fresh[to]
		}
		r.x.Move(m.Entry, to, false)
		r.stories[m.Entry] = to
	}
	return got
}

// partition lists which entries are together.
func (r *newsroom) partition() [][]int64 {
	groups := map[int64][]int64{}
	for e, s := range r.stories {
		groups[s] = append(groups[s], e)
	}
	var list [][]int64
	for _, g := range groups {
		slices.Sort(g)
		list = append(list, g)
	}
	slices.SortFunc(list, func(a, b []int64) int { return int(a[0] - b[0]) })
	return list
}

var monday = time.Date(2025, 3, 3, 9, 0, 0, 0, time.UTC)

func entry(n int64, source string, hours float64, language, title, text string) Placed {
	at := monday.Add(time.Duration(hours * float64(time.Hour)))
	return Placed{Entry: n, Source: source, Host: source + ".example", At: at, Signature: Sign(&feed.Copy{
		Title: title, Text: text, Language: language, Published: at, Link: fmt.Sprintf("https://%s.example/%d", source, n)})}
}

func TestStoriesDontDependOnTheOrderOfArrival(t *testing.T) {
	var entries []Placed
	for i, c := range cases(t) {
		entries = append(entries, c.placed(int64(i+1)))
	}
	rapid.Check(t, func(r *rapid.T) {
		some := rapid.Permutation(entries).Draw(r, "order")
		some = some[:rapid.IntRange(1, len(some)).Draw(r, "n")]
		sorted := slices.Clone(some)
		slices.SortFunc(sorted, func(a, b Placed) int { return int(a.Entry - b.Entry) })
		one, other := newNewsroom(t, Options{}), newNewsroom(t, Options{})
		for i := range some {
			one.receive(some[i])
			other.receive(sorted[i])
		}
		if d := cmp.Diff(other.partition(), one.partition()); d != "" {
			r.Fatal(d)
		}
	})
}

func TestARebuiltIndexAnswersAsTheOneBefore(t *testing.T) {
	list := cases(t)
	r := newNewsroom(t, Options{})
	for i, c := range list[:len(list)-1] {
		r.receive(c.placed(int64(i + 1)))
	}
	rebuilt := NewIndex(Options{})
	for i := len(list) - 2; i >= 0; i-- {
		p := list[i].placed(int64(i + 1))
		p.Story = r.stories[p.Entry]
		rebuilt.Add(p)
	}
	p := list[len(list)-1].placed(int64(len(list)))
	if d := cmp.Diff(r.x.Place(p), rebuilt.Place(p)); d != "" {
		t.Error(d)
	}
}

func TestEvidenceNamesWhatIsShared(t *testing.T) {
	r := newNewsroom(t, Options{})
	r.receive(entry(1, "wire", 0, "en", "Harbour bridge at Kelmoor closes for 14 months",
		"The harbour bridge at Kelmoor closes on Tuesday for 14 months, engineer Tessa Brandvold said. Repairs cost 38.5 million crowns."))
	got := r.receive(entry(2, "bote", 3, "de", "Hafenbrücke in Kelmoor wird gesperrt",
		"Die Hafenbrücke in Kelmoor wird am Dienstag für 14 Monate gesperrt, wie Ingenieurin Tessa Brandvold sagte. Die Reparatur kostet 38,5 Millionen Kronen."))
	if len(got.Evidence) != 1 || got.Evidence[0].Entry != 1 || got.Evidence[0].By != "translation" {
		t.Fatalf("evidence: %+v", got.Evidence)
	}
	if !slices.Contains(got.Evidence[0].Terms, "Tessa Brandvold") {
		t.Errorf("terms: %q", got.Evidence[0].Terms)
	}
}

func TestTheSameLinkFromTwoSourcesIsOneStory(t *testing.T) {
	a := entry(1, "wire", 0, "en", "Ferry fares rise", "Fares on the island ferries rise by a tenth in May.")
	b := Placed{Entry: 2, Source: "links", Host: "wire.example", At: monday.Add(time.Hour), Signature: Sign(&feed.Copy{
		Title: "Worth reading", Link: "https://www.wire.example/1?utm_source=links", Published: monday.Add(time.Hour)})}
	r := newNewsroom(t, Options{})
	r.receive(a)
	if got := r.receive(b); len(got.Stories) != 1 || got.Evidence[0].By != "link" {
		t.Errorf("%+v", got)
	}
}

func TestALinkThatIsEveryEntrysIsNoEvidence(t *testing.T) {
	news := func(n int64, source, title, text string) Placed {
		return Placed{Entry: n, Source: source, At: monday, Signature: Sign(&feed.Copy{Title: title, Text: text, Language: "en", Link: "https://hall.example/news", Published: monday})}
	}
	r := newNewsroom(t, Options{})
	r.receive(news(1, "a", "Library extends opening hours", "From September readers may borrow novels, atlases and gramophone records until nine in the evening, librarian Agathe Munk announced yesterday afternoon. Volunteers will shelve returned volumes overnight."))
	got := r.receive(news(2, "b", "Swimming pool drained", "Cracked tiles forced caretakers to drain the outdoor swimming pool, disappointing schoolchildren. Plumber Rufus Oake expects replacements from abroad before autumn begins."))
	if len(got.Stories) > 0 {
		t.Errorf("%+v", got)
	}
}

func TestNothingLastsLongerThanTheWindow(t *testing.T) {
	text := "Cellar beetles have eaten the minutes of the Kelmoor town council from 1871 to 1904, archivist Dorte Holm found when she opened 46 boxes."
	r := newNewsroom(t, Options{Window: 48 * time.Hour})
	r.receive(entry(1, "a", 0, "en", "Beetles eat town minutes", text))
	r.receive(entry(2, "b", 40, "en", "Beetles eat town minutes", text))
	r.receive(entry(3, "c", 80, "en", "Beetles eat town minutes", text))
	if got := r.partition(); len(got) != 2 {
		t.Errorf("%v", got)
	}
}

func TestConfiguredSourcesStayApartOrTogether(t *testing.T) {
	text := "Cellar beetles have eaten the minutes of the Kelmoor town council from 1871 to 1904, archivist Dorte Holm found when she opened 46 boxes."
	a := entry(1, "a", 0, "en", "Beetles eat town minutes", text)
	b := entry(2, "b", 1, "en", "Beetles eat town minutes", text)
	r := newNewsroom(t, Options{Apart: []Pair{{"b.example", "a"}}})
	r.receive(a)
	r.receive(b)
	if len(r.partition()) != 2 {
		t.Error("kept apart by configuration, but together")
	}
	c := entry(3, "c", 1, "en", "What the beetles left of Kelmoor", "Dorte Holm opened 46 boxes. Little was left in them for the historian of Kelmoor, who wants a cat, a trap and better shelves, and 12 volunteers to copy what can still be read.")
	for together, stories := range map[Pair]int{{}: 2, {"a", "c"}: 1} {
		r = newNewsroom(t, Options{Together: []Pair{together}})
		r.receive(a)
		r.receive(c)
		if len(r.partition()) != stories {
			t.Errorf("together %v: %v", together, r.partition())
		}
	}
}

func TestWhatAPersonDidHolds(t *testing.T) {
	text := "Cellar beetles have eaten the minutes of the Kelmoor town council from 1871 to 1904, archivist Dorte Holm found when she opened 46 boxes."
	r := newNewsroom(t, Options{})
	for n := range int64(3) {
		r.receive(entry(n+1, fmt.Sprint("s", n), float64(n), "en", "Beetles eat town minutes", text))
	}
	r.x.Move(1, 1, true)
	r.x.Move(2, 1, true)
	r.x.Move(3, 77, true)
	got := r.x.Place(entry(4, "s4", 4, "en", "Beetles eat town minutes", text))
	if len(got.Moves) > 0 || len(got.Stories) != 1 {
		t.Errorf("%+v", got)
	}
	r.x.Move(3, 1, true)
	if got := r.x.Place(entry(4, "s4", 4, "en", "Beetles eat town minutes", text)); !slices.Equal(got.Stories, []int64{1}) {
		t.Errorf("%+v", got)
	}
}

func TestABridgeNamesBothStories(t *testing.T) {
	text := "Cellar beetles have eaten the minutes of the Kelmoor town council from 1871 to 1904, archivist Dorte Holm found when she opened 46 boxes."
	r := newNewsroom(t, Options{})
	a, b := entry(1, "a", 0, "en", "Beetles eat town minutes", text), entry(2, "b", 1, "en", "Beetles eat town minutes", text)
	a.Story, b.Story = 5, 9
	r.x.Add(a)
	r.x.Add(b)
	got := r.x.Place(entry(3, "c", 2, "en", "Beetles eat town minutes", text))
	if !slices.Equal(got.Stories, []int64{5, 9}) || len(got.Moves) != 1 || got.Moves[0].Entry != 2 || got.Moves[0].To != 5 {
		t.Errorf("%+v", got)
	}
}

func TestForgottenEntriesAreNotFound(t *testing.T) {
	text := "Cellar beetles have eaten the minutes of the Kelmoor town council from 1871 to 1904, archivist Dorte Holm found when she opened 46 boxes."
	r := newNewsroom(t, Options{})
	r.receive(entry(1, "a", 0, "en", "Beetles eat town minutes", text))
	r.x.Forget(monday.Add(time.Hour))
	if got := r.receive(entry(2, "b", 2, "en", "Beetles eat town minutes", text)); len(got.Stories) > 0 || r.x.Len() != 1 {
		t.Errorf("%+v", got)
	}
}

func TestAnEditedEntryIsPlacedAnew(t *testing.T) {
	r := newNewsroom(t, Options{})
	text := "Cellar beetles have eaten the minutes of the Kelmoor town council from 1871 to 1904, archivist Dorte Holm found when she opened 46 boxes."
	r.receive(entry(1, "a", 0, "en", "Beetles eat town minutes", text))
	r.receive(entry(2, "b", 1, "en", "To follow", "More soon."))
	if len(r.partition()) != 2 {
		t.Fatal(r.partition())
	}
	r.receive(entry(2, "b", 1, "en", "Beetles eat town minutes", text))
	if len(r.partition()) != 1 || r.x.Len() != 2 {
		t.Error(r.partition())
	}
}

func TestAStoryThatEverybodyTellsStaysOne(t *testing.T) {
	r := newNewsroom(t, Options{})
	for n := range int64(300) {
		text := fmt.Sprintf("Cellar beetles have eaten the minutes of the Kelmoor town council from 1871 to 1904, archivist Dorte Holm found when she opened 46 boxes, writes %s.", strings.Repeat("x", int(n%40)+3))
		r.receive(entry(n+1, fmt.Sprint("s", n), float64(n)/10, "en", "Beetles eat town minutes", text))
	}
	if got := r.partition(); len(got) != 1 {
		t.Errorf("%d stories", len(got))
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(Sign(&feed.Copy{}), []byte(nil))
	f.Add(entry(1, "a", 0, "en", "Beetles eat town minutes", "Cellar beetles have eaten the minutes of Kelmoor from 1871 to 1904.").Signature, []byte{version})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		x := NewIndex(Options{})
		x.Add(Placed{Entry: 1, Source: "a", At: monday, Story: 1, Signature: a})
		x.Place(Placed{Entry: 2, Source: "b", At: monday, Signature: b})
		x.Place(Placed{Entry: 3, Source: "c", At: monday, Signature: a})
		x.Remove(1)
	})
}

func FuzzSign(f *testing.F) {
	f.Add("Title", "Am 3. Mai um 4.18 Uhr: 41 200, 1,5 Mio. – ８６億２千万円、第三十三著, 5時42分 2024-04-16 PV-90 « x »", "de", "<a href=\"https://a.example/b?c=1&amp;d\">")
	f.Add("", "\xff\xfe1.1.1.1e999 ٣ 十亿万百", "zh-Hant", "")
	f.Fuzz(func(t *testing.T, title, text, language, html string) {
		c := &feed.Copy{Title: title, Text: text, Language: language, HTML: html, Link: text, Published: monday}
		b := Sign(c)
		if _, ok := decode(b); !ok {
			t.Fatal("unreadable signature")
		}
		if d := cmp.Diff(b, Sign(c)); d != "" {
			t.Fatal(d)
		}
		if len(b) > 8000 {
			t.Fatal(len(b))
		}
	})
}

func TestNamesSoundAlikeInEveryScript(t *testing.T) {
	for _, alike := range [][]string{
		{"Serafina", "Серафина", "セラフィナ", "塞拉菲娜", "سيرافينا"},
		{"Lindmark", "Линдмарк", "リンドマーク", "林德马克", "린드마르크", "ليندمارك"},
		{"Aldecott", "Алдекотт", "アルデコット", "阿尔德科特"},
		{"Matilde", "마틸데", "ماتيلدا"},
		{"Grimvik", "Грімвік"},
		{"Vantorra", "Вантора", "ヴァントーラ", "万托拉"},
		{"Benodra", "Μπενόδρα", "Бенодра"},
		{"Gambesk", "Γκαμπέσκ", "Гамбеск"},
		{"Sterling", "Στέρλινγκ", "Стерлинг"},
		{"Brozdan", "Броздан", "브로즈단"},
		{"Lorentz", "Лоренц", "로렌츠"},
	} {
		var heard []string
		for _, name := range alike {
			var h sound
			switch s := (&scanner{forms: simplified()}); {
			case name[0] < 0x80:
				h = latinSound([]byte(strings.ToLower(name)))
			case name[0] < 0xD8:
				h = writtenSound(strings.ToLower(name))
			case name[0] >= 0xEA:
				h, _ = hangulSound(name)
			case name[0] >= 0xD8 && name[0] < 0xE0:
				h = arabicSound(name)
			case name[0] == 0xE3:
				h = kanaSound(name)
			default:
				h = s.hanSound(name)
			}
			heard = append(heard, string(h.b[:h.n]))
		}
		if len(slices.Compact(heard)) != 1 {
			t.Errorf("%q sound like %q", alike, heard)
		}
	}
}

// numbersOf lists the keys of the numbers that a text holds.
func numbersOf(text, language string) map[uint32]bool {
	s, _ := decode(Sign(&feed.Copy{Text: text, Language: language, Published: monday}))
	m := map[uint32]bool{}
	for _, list := range []terms{s.numbers, s.dates} {
		for _, k := range list.keys {
			m[k] = true
		}
	}
	return m
}

func TestNumbersAreOneHoweverTheyAreWritten(t *testing.T) {
	for name, forms := range map[string][][2]string{
		"million":   {{"It cost 37 million.", "en"}, {"Es kostete 37 Millionen.", "de"}, {"стоил 37 млн рублей", "ru"}, {"花费3700万元", "zh"}, {"３７００万円かかった", "ja"}, {"37 млн гривень", "uk"}, {"بلغت الكلفة 37 مليون دولار", "ar"}, {"بلغت ٣٧ مليون دولار", "ar"}, {"3700만 원이 들었다", "ko"}, {"37 milyon lira", "tr"}, {"senilai 37 juta", "id"}, {"37 miljoner kronor", "sv"}, {"37 milhões de reais", "pt"}, {"37 miljoen euro", "nl"}},
		"billion":   {{"worth 11.8 billion crowns", "en"}, {"11,8 Milliarden Kronen wert", "de"}, {"vale 11.800 millones", "es"}, {"vale 11,8 mil millones", "es"}, {"价值118亿克朗", "zh"}, {"１１８億クローネ", "ja"}, {"118억 크로네", "ko"}, {"11.8 مليار كرونة", "ar"}, {"11,8 milyar kron", "tr"}, {"11,8 mld koron", "pl"}},
		"thousand":  {{"some 14,000 homes", "en"}, {"rund 14.000 Haushalte", "de"}, {"около 14 000 домов", "ru"}, {"约1.4万户", "zh"}, {"約１万４千戸", "ja"}, {"14 bin hane", "tr"}, {"14 ribu rumah", "id"}, {"14 ألف منزل", "ar"}, {"1만4천 가구", "ko"}, {"14 тисяч домівок", "uk"}},
		"decimal":   {{"magnitude 6.1", "en"}, {"Stärke 6,1", "de"}, {"Ｍ６・１", "ja"}, {"قوته 6.1 درجات", "ar"}, {"قوته ٦٫١ درجات", "ar"}, {"규모 6.1", "ko"}},
		"time":      {{"at 05:42 local time", "en"}, {"um 5:42 Uhr", "de"}, {"于5时42分", "zh"}, {"午前５時４２分", "ja"}, {"오전 5시 42분", "ko"}, {"о 5:42 ранку", "uk"}, {"um 5.42 Uhr", "de"}, {"alle 5.42", "it"}, {"saat 05.42 oldu", "tr"}, {"Sarsıntı 05.42’de oldu", "tr"}, {"o 5.42", "pl"}, {"klo 5.42", "fi"}, {"kl. 05.42", "sv"}, {"à 5h42", "fr"}, {"à 5 h 42", "fr"}, {"às 5h42", "pt"}, {"om 5.42 uur", "nl"}, {"at 0542 local time", "en"}, {"was missed at 0542 by a guard", "en"}, {"0542 GMT", "en"}},
		"afternoon": {{"at 2:05 p.m. sharp", "en"}, {"午後２時５分", "ja"}, {"в 14:05", "ru"}, {"오후 2시 5분에", "ko"}},
		"two words": {{"38 rescuers and 38 dogs", "en"}, {"Thirty-eight rescuers", "en"}, {"thirty-eight rescuers", "en"}, {"achtunddreißig Helfer", "de"}, {"achtendertig redders", "nl"}, {"trente-huit sauveteurs", "fr"}, {"treinta y ocho socorristas", "es"}, {"trinta e oito bombeiros", "pt"}, {"trentotto soccorritori", "it"}, {"тридцать восемь спасателей", "ru"}, {"тридцять вісім рятувальників", "uk"}, {"trzydzieści osiem osób", "pl"}, {"třicet osm hasičů", "cs"}, {"otuz sekiz kişi", "tr"}, {"trettioåtta personer", "sv"}, {"otteogtredive mand", "da"}, {"harmincnyolc ember", "hu"}, {"kolmekymmentäkahdeksan ihmistä", "fi"}},
		"and one":   {{"41 boats", "en"}, {"forty-one boats", "en"}, {"quarante et un bateaux", "fr"}, {"cuarenta y un barcos", "es"}, {"quaranta, quarantuno", "it"}, {"сорок одна лодка", "ru"}, {"einundvierzig Boote", "de"}, {"czterdzieści jeden łodzi", "pl"}, {"patruzeci și unu de vapoare", "ro"}},
		"duration":  {{"won in 2:09:04, a record", "en"}, {"２時間９分４秒", "ja"}, {"2小时9分4秒", "zh"}, {"2시간 9분 4초", "ko"}, {"за 2:09:04", "ru"}, {"en 2h09'04''", "fr"}, {"en 2 h 09 min 04 s", "fr"}, {"em 2h09m04s", "pt"}},
		"spaced":    {{"worth 2.6 billion", "en"}, {"值 26 億美元", "zh"}, {"约 26 亿", "zh"}},
		"days":      {{"for 10 days", "en"}, {"１０日間", "ja"}, {"連続１０日", "ja"}, {"１０日連続で", "ja"}, {"連續 10 日，連續10日", "zh"}, {"１０日ぶり", "ja"}},
		"date":      {{"on August 15", "en"}, {"am 15. August", "de"}, {"el 15 de agosto", "es"}, {"15 августа", "ru"}, {"8月15日", "zh"}, {"８月１５日", "ja"}, {"8월 15일", "ko"}, {"15 серпня", "uk"}, {"15 sierpnia", "pl"}, {"15 Ağustos", "tr"}, {"15 Agustus", "id"}, {"15 أغسطس", "ar"}, {"den 15 augusti", "sv"}},
		"weeks":     {{"for six weeks", "en"}, {"seit sechs Wochen", "de"}, {"durante 6 semanas", "es"}, {"六周", "zh"}, {"６週間", "ja"}, {"6주간", "ko"}, {"altı hafta", "tr"}, {"6 тижнів", "uk"}, {"sex, 6 veckor", "sv"}},
		"percent":   {{"64 per cent, 64 percent", "en"}, {"yüzde 64 oldu", "tr"}, {"64 відсотки", "uk"}, {"64 persen", "id"}, {"64%로", "ko"}, {"نسبة ٦٤٪", "ar"}},
		"han":       {{"8.6 billion yuan", "en"}, {"八十六億元", "zh"}, {"86亿元", "zh"}},
	} {
		shared := numbersOf(forms[0][0], forms[0][1])
		for _, form := range forms[1:] {
			other := numbersOf(form[0], form[1])
			n := 0
			for k := range shared {
				if other[k] {
					n++
				}
			}
			if n == 0 {
				t.Errorf("%s: %q has no number of %q", name, form[0], forms[0][0])
			}
		}
	}
}

// TestStagesOfAnEventAreTold has names, and words of other languages, that look
// like those for an arrest, an appeal or for aid.
func TestStagesOfAnEventAreTold(t *testing.T) {
	for title, stage := range map[string]bool{
		"pl: Pies ratownik z Zadrzewia dostał medal":     false,
		"cs: Zadržený řidič z Lomnice mlčí":              true,
		"cs: Řidič z Lomnice byl zadržen":                true,
		"en: Driver Arrested After Crash in Lomnice":     true,
		"de: Fahrer nach Festnahme in Lomnitz frei":      true,
		"de: Frachter verliert Anker vor Lomnitz":        false,
		"de: Fahrer aus Lomnitz legt Berufung ein":       true,
		"fr: Sucre : nouvelle révision des prévisions":   false,
		"pt: Vento ajuda a conter o fogo na serra":       false,
		"es: El viento ayuda a contener el fuego":        false,
		"es: Llegan donaciones y carpas a los afectados": true,
	} {
		language, title, _ := strings.Cut(title, ": ")
		s := new(scanner)
		s.sign(&feed.Copy{Title: title, Language: language})
		if got := s.headline.with(vocabulary.stages) != (concepts{}); got != stage {
			t.Errorf("%q tells a stage: %v", title, got)
		}
	}
}

// TestEveryPairHasAValue compares texts of which one is about nothing that is
// known, and shares a name alone.
func TestEveryPairHasAValue(t *testing.T) {
	texts := []*feed.Copy{
		{Language: "en", Title: "Vostrakov and Helmiö share the Quillon medal", Text: "Vostrakov and Helmiö share the Quillon medal."},
		{Language: "fi", Title: "Vostrakov ja Helmiö jakavat Quillonin", Text: "Vostrakov ja Helmiö jakavat Quillonin."},
		{Language: "de", Title: "Feuer in Vostrakov gelöscht", Text: "Die Feuerwehr hat das Feuer in Vostrakov gelöscht."},
		{Language: "en", Title: "Vostrakov"}, {},
	}
	for _, a := range texts {
		for _, b := range texts {
			x, _ := decode(Sign(a))
			y, _ := decode(Sign(b))
			if v := judge(overlap(x, y), 0, false); !(v.value >= never) || !(v.score >= 0 && v.score <= 1) {
				t.Errorf("%q and %q: %v", a.Title, b.Title, v)
			}
		}
	}
}

// TestNumbersThatOnlyLookAlikeAreNotOne holds apart what is written like a time
// or a larger number.
func TestNumbersThatOnlyLookAlikeAreNotOne(t *testing.T) {
	for _, forms := range [][2][2]string{
		{{"at 15:00", "en"}, {"1500 local residents", "en"}},
		{{"at 20:24", "en"}, {"at 2024 rates", "en"}},
		{{"at 22:04", "en"}, {"am 22.04. um neun", "de"}},
		{{"at 22:04", "en"}, {"o vydání 22.04.2025", "cs"}},
		{{"at 3:12", "en"}, {"Python 3.12 ist da", "de"}},
		{{"at 08:00", "en"}, {"at 0800 555 110", "en"}},
		{{"38 boats", "en"}, {"thirty. Eight boats", "en"}},
		{{"38 boats", "en"}, {"thirty, eight of them", "en"}},
		{{"38 boats", "en"}, {"30-8", "en"}},
		{{"32 boats", "en"}, {"thirty two-masters", "en"}},
		{{"110,000 copies", "en"}, {"Plinth 11 万维网", "en"}},
		{{"at 5:42", "en"}, {"stieg um 5.42 Prozent", "de"}},
		{{"at 5:42", "en"}, {"wuchs um 5.42 Millionen", "de"}},
		{{"closed at 2:09", "en"}, {"２時間９分４秒", "ja"}},
		{{"for 10 days", "en"}, {"１０日に発表した", "ja"}},
	} {
		other := numbersOf(forms[1][0], forms[1][1])
		for k := range numbersOf(forms[0][0], forms[0][1]) {
			if other[k] {
				t.Errorf("%q has a number of %q", forms[1][0], forms[0][0])
			}
		}
	}
}

// TestTheDayThatATextIsAboutIsFound has Wednesday as the day of publication.
func TestTheDayThatATextIsAboutIsFound(t *testing.T) {
	for _, c := range []struct {
		language, text string
		offset         int
	}{
		{"de", "Am Montagabend brannte es.", -2}, {"nl", "Het schip voer maandagavond de haven in.", -2},
		{"sv", "Båten kom på tisdagskvällen.", -1}, {"da", "Toget kørte mandag aften.", -2}, {"cs", "Most otevřeli v úterý.", -1},
		{"hu", "Kedden nyitották meg.", -1}, {"fi", "Silta avattiin tiistaina.", -1}, {"el", "Άνοιξε την Τρίτη.", -1},
		{"pt", "A ponte abriu na terça-feira.", -1}, {"vi", "Cầu mở cửa hôm thứ ba.", -1},
	} {
		s := new(scanner)
		s.sign(&feed.Copy{Text: c.text, Language: c.language, Published: monday.AddDate(0, 0, 2)})
		if got := int(s.event) - nearDays - 1; s.event == 0 || got != c.offset {
			t.Errorf("%s: %q is about day %+d, not %+d", c.language, c.text, got, c.offset)
		}
	}
}

func TestWhatTextsAreAboutIsOneInEveryLanguage(t *testing.T) {
	for _, alike := range [][]string{
		{"en: The ferries stay in port", "de: Die Fähren bleiben im Hafen", "pl: Promy zostają w porcie", "ru: Паромы остаются в порту", "ja: フェリーは港湾に", "ar: العبارات في الميناء", "tr: Vapur limanda"},
		{"en: A strike of doctors", "fr: Grève des médecins", "fi: Lääkärien lakko", "el: Απεργία γιατρών", "vi: Bác sĩ đình công", "ko: 의사 파업이"},
		{"en: Earthquake in the night", "es: Terremoto en la noche", "uk: Землетрус уночі", "id: Gempa di malam hari", "zh: 夜間地震"},
	} {
		shared := concepts{^uint64(0), ^uint64(0)}
		for _, c := range alike {
			language, text, _ := strings.Cut(c, ": ")
			s := new(scanner)
			s.sign(&feed.Copy{Title: text, Language: language})
			if shared = shared.with(s.headline); shared == (concepts{}) {
				t.Errorf("%q is about something else", c)
			}
		}
	}
}
