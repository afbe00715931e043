package repair

import (
	"strings"

	"copydesk/feed"
	"copydesk/filters/text"
)

// mendSummary returns the summary as plain text, mended by the repairs that
// know plain text; empty where the body says the same.
func (p *page) mendSummary() string {
	s := p.entry.Summary
	if fold(s.Value) == "" || summary(plainText(s), p.copy.Text) == "" {
		return ""
	}
	mended := feed.Copy{Title: p.copy.Title}
	q := &page{Repairer: p.Repairer, entry: p.entry, source: p.source, copy: &mended, names: p.names}
	q.body, q.plain = parse(s), !s.HTML
	for _, row := range repairs() {
		switch row.name {
		case "mojibake", "litter", "escaped", "remove", "text", "empty", "boilerplate", "notices":
			if !p.source.Off[row.name] {
				q.run(row)
			}
		}
	}
	for _, r := range mended.Repairs {
		if r.Where != "title" {
			r.Where = "summary"
			p.copy.Repairs = append(p.copy.Repairs, r)
		}
	}
	p.copy.Notes = append(p.copy.Notes, mended.Notes...)
	out := strings.TrimSpace(strings.TrimSuffix(fold(text.Plain(q.body)), "[…]"))
	return summary(out, p.copy.Text)
}
