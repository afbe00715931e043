package parse

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

func addFixtures(f *testing.F) {
	for _, name := range fixtureNames(f) {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(body) < 8<<10 {
			f.Add(body)
		}
	}
}

// FuzzBytesToText holds whatever comes out to what gofeed needs: valid UTF-8
// without a character that XML forbids.
func FuzzBytesToText(f *testing.F) {
	for _, name := range []string{"", "utf-8", "gb2312", "iso-2022-jp", "utf-16", "windows-1252", "x"} {
		f.Add([]byte("<?xml version='1.0' encoding='"+name+"'?><a>\xe4\xbd\xa0 \x1b$B \x81\x8d\xff\r\n\x00</a>"), name)
	}
	f.Fuzz(func(t *testing.T, body []byte, charset string) {
		var faults faults
		text := decodeBytes(body, http.Header{"Content-Type": {"text/xml; charset=" + charset}}, &faults)
		if !utf8.ValidString(text) {
			t.Errorf("%q", text)
		}
		if i := strings.IndexFunc(text, func(r rune) bool {
			return r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF
		}); i >= 0 {
			t.Errorf("%q at %d", text, i)
		}
	})
}

// TestUndeclaredEncodings reads documents that don't say their encoding, or
// say a wrong one.
func TestUndeclaredEncodings(t *testing.T) {
	for _, c := range []struct{ label, text string }{
		{"shift_jis", "港の新聞によると、フェリーは修理を終えて来週から再び運航します。"},
		{"euc-jp", "港の新聞によると、フェリーは修理を終えて来週から再び運航します。"},
		{"big5", "根據港口報紙的消息，渡輪修理完畢之後下星期恢復航行。"},
		{"gbk", "根据港口报纸的消息，渡轮修理完毕之后下星期恢复航行。"},
		{"euc-kr", "항구 신문에 따르면 여객선은 수리를 마치고 다음 주부터 다시 운항한다."},
		{"windows-1251", "По сообщению портовой газеты, паром снова выйдет в море на следующей неделе."},
		{"koi8-r", "По сообщению портовой газеты, паром снова выйдет в море на следующей неделе."},
		{"iso-8859-5", "По сообщению портовой газеты, паром снова выйдет в море на следующей неделе."},
		{"windows-1253", "Σύμφωνα με την εφημερίδα του λιμανιού, το πλοίο θα ταξιδέψει ξανά την επόμενη εβδομάδα."},
		{"windows-1255", "לפי עיתון הנמל, המעבורת תפליג שוב בשבוע הבא לאחר תיקון ארוך."},
		{"windows-1256", "وفقا لصحيفة الميناء ستبحر العبارة مرة أخرى في الأسبوع المقبل بعد إصلاح طويل."},
		{"windows-1252", "Selon le journal du port, le bac repartira la semaine prochaine, après une réparation très longue."},
		{"windows-1252", "Fähre fährt wieder"},
		{"windows-1252", "The captain’s log"},
	} {
		t.Run(c.label, func(t *testing.T) {
			bytes, err := find(c.label).NewEncoder().String("<rss><channel><item><title>" + c.text + "</title></item></channel></rss>")
			if err != nil {
				t.Fatal(err)
			}
			for _, wrong := range []string{"", "utf-8"} {
				doc, err := Parse([]byte(bytes), http.Header{"Content-Type": {"text/xml; charset=" + wrong}}, "")
				if err != nil {
					t.Fatal(err)
				}
				if got := doc.Entries[0].Title.Value; got != c.text {
					t.Errorf("declared %q: %s", wrong, got)
				}
			}
		})
	}
}
