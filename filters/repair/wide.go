package repair

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// undoWide turns back UTF-8 that was read as a charset of two-byte
// characters. It is sure when runs of rare characters become common ones.
func (m *misreading) undoWide(s string) (string, bool) {
	var out strings.Builder
	found := 0
	for i := 0; i < len(s); {
		end := i
		for end < len(s) && s[end] < utf8.RuneSelf {
			end++
		}
		out.WriteString(s[i:end])
		i = end
		for end < len(s) && s[end] >= utf8.RuneSelf {
			end++
		}
		if i == end {
			break
		}
		run := s[i:end]
		i = end
		// A misread run ends in what followed it when its bytes are odd.
		fixed, ok := m.reread(run)
		if !ok {
			out.WriteString(run)
			continue
		}
		found += utf8.RuneCountInString(fixed)
		out.WriteString(fixed)
	}
	return out.String(), found >= 2
}

func (m *misreading) reread(run string) (string, bool) {
	if utf8.RuneCountInString(run) < 3 {
		return "", false
	}
	raw, err := m.multi.NewEncoder().String(run)
	if err != nil || !utf8.ValidString(raw) {
		return "", false
	}
	for _, r := range raw {
		switch {
		case r >= 0x3000 && r < 0xA000, r >= 0xAC00 && r < 0xD7A4, r >= 0xFF00 && r < 0xFFF0, r >= 0x2010 && r < 0x2040:
		default:
			return "", false
		}
	}
	rareBefore, before := rareEastern(run)
	rareAfter, after := rareEastern(raw)
	return raw, rareBefore*3 >= before && rareAfter*4 <= after
}

// rareEastern counts the characters of a text, and those of them that hardly
// any text of today is written with.
func rareEastern(s string) (rare, all int) {
	gbk, big5 := simplifiedchinese.GBK.NewEncoder(), traditionalchinese.Big5.NewEncoder()
	for _, r := range s {
		all++
		if r >= 0xFF61 && r <= 0xFF9F || r >= 0xE000 && r < 0xF900 {
			rare++
		}
		if r < 0x3400 || r >= 0xA000 {
			continue
		}
		// Both charsets put the everyday characters into planes of their own.
		b, err := gbk.Bytes([]byte(string(r)))
		if err == nil && len(b) == 2 && b[0] >= 0xB0 && b[0] <= 0xD7 && b[1] >= 0xA1 {
			continue
		}
		b, err = big5.Bytes([]byte(string(r)))
		if err == nil && len(b) == 2 && b[0] >= 0xA4 && b[0] <= 0xC6 {
			continue
		}
		rare++
	}
	return rare, all
}
