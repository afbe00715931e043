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
