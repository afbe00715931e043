package repair

import "strings"

// brokenText shows lines as they were broken.
func brokenText(lines []line) string {
	var b strings.Builder
	for i := 0; i < len(lines) && b.Len() <= excerptMost; i++ {
		if i > 0 {
			b.WriteString(lineEnd)
		}
		b.WriteString(lines[i].text)
	}
	return b.String()
}

// shown is what became of the lines: as much of it as a note holds.
func (l *layout) shown() string {
	var b strings.Builder
	for i := 0; i < len(l.paragraphs) && b.Len() <= excerptMost; i++ {
		para := &l.paragraphs[i]
		if i > 0 {
			b.WriteString(paragraphEnd)
		}
		for j := range para.lines {
			switch {
			case j == 0:
			case para.joined[j-1]:
				b.WriteString(glue(para.lines[j-1].text, para.lines[j].text))
			default:
				b.WriteString(lineEnd)
			}
			b.WriteString(para.lines[j].text)
		}
	}
	return b.String()
}
