package config

import (
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/language"

	"copydesk/filters"
	"copydesk/filters/story"
)

const (
	mappingKind = yaml.MappingNode
	listKind    = yaml.SequenceNode
	scalarKind  = yaml.ScalarNode
)

// language reads a BCP 47 tag.
func (r *reader) language(v value, unknown bool) (string, bool) {
	text, ok := r.text(v)
	if !ok || unknown && text == "unknown" {
		return text, ok
	}
	tag, err := language.Raw.Parse(text) // letters as they belong, and nothing else changed
	if base, sure := tag.Base(); err != nil || tag.IsRoot() || sure == language.No || base.String() == "und" {
		right := "write a language tag (BCP 47): en, zh, zh-Hant, pt-BR"
		if unknown {
			right += ", or unknown"
		}
		r.wrong(v, v.shown()+" is not a language", right)
		return "", false
	}
	return tag.String(), true
}

func editionKeys() []key[editionDraft] {
	names := func(pick func(*editionDraft) *[]named) func(*reader, value, *editionDraft) {
		return func(r *reader, v value, e *editionDraft) {
			r.list(v, func(item value) {
				if text, ok := r.text(item); ok {
					*pick(e) = append(*pick(e), named{text, item})
				}
			})
		}
	}
	return []key[editionDraft]{
		{"name", "published at /feeds/NAME.atom, .rss and .json", formText, func(r *reader, v value, e *editionDraft) {
			e.name = v
			set(&e.edition.Name)(r.name(v))
		}},
		{"title", "its title in readers; default: the name", formText, func(r *reader, v value, e *editionDraft) { set(&e.edition.Title)(r.text(v)) }},
		{"description", "one or two sentences on what it holds", formText, func(r *reader, v value, e *editionDraft) { set(&e.edition.Description)(r.text(v)) }},
		{"sources", "names of sources, tag:NAME, or edition:NAME for what another edition publishes, in the rendition that it chose unless prefer says otherwise; default: all", listOf(formText), names(func(e *editionDraft) *[]named { return &e.sources })},
		{"except", "without these: names of sources, tag:NAME, or edition:NAME for what another edition keeps", listOf(formText), names(func(e *editionDraft) *[]named { return &e.except })},
		{"languages", "languages to take, `unknown` among them; default: any", listOf(formText), func(r *reader, v value, e *editionDraft) {
			r.list(v, func(item value) {
				if tag, ok := r.language(item, true); ok {
					e.edition.Languages = append(e.edition.Languages, tag)
				}
			})
		}},
		{"topics", "on any of these; default: any entry", listOf(formText), names(func(e *editionDraft) *[]named { return &e.topics })},
		{"rules", "the first that matches decides", listOf(formRule), func(_ *reader, v value, e *editionDraft) { e.rules = v }},
		{"stories", "one entry per story, one per language, or all renditions", oneOfForm("one", "one-per-language", "all"), func(r *reader, v value, e *editionDraft) {
			if text, ok := r.choice(v, "one", "one-per-language", "all"); ok {
				e.edition.Stories = filters.Stories(text)
			}
		}},
		{"prefer", "sources whose rendition is published, the first first", listOf(formText), names(func(e *editionDraft) *[]named { return &e.prefer })},
		{"hold", "wait so that a story can gather before it is published", formDuration, func(r *reader, v value, e *editionDraft) { set(&e.edition.Hold)(r.duration(v, 0)) }},
		{"quorum", "publish only stories that so many sources report", formNumber, func(r *reader, v value, e *editionDraft) {
			e.quorum = v
			set(&e.edition.Quorum)(r.integer(v, 1))
		}},
		{"sort", "by date, or by how many sources report an entry's story: of the newest entries, as many as the limit says, what most report comes first", oneOfForm("date", "sources"), func(r *reader, v value, e *editionDraft) {
			if text, ok := r.choice(v, "date", "sources"); ok {
				e.edition.Sort = filters.Sort(text)
			}
		}},
		{"limit", "entries in the feed; older ones are on its further pages", formNumber, func(r *reader, v value, e *editionDraft) { set(&e.edition.Limit)(r.limit(v, 1)) }},
		{"private", "open with the token or a subscriber's address only", formBool, func(r *reader, v value, e *editionDraft) { set(&e.edition.Private)(r.boolean(v)) }},
		{"apply", "what a change of topics, rules, sources, stories or quorum holds for: new entries, all, or back to an age such as 7d; what it no longer keeps leaves the edition, and what returns is never new to readers", formText, readApply},
		{"examples", "texts that must be kept or dropped, checked by copydesk check", mappingOf(exampleKeys()), func(r *reader, v value, e *editionDraft) { mapping(r, v, exampleKeys(), &e.edition.Examples) }},
	}
}

func exampleKeys() []key[filters.Examples] {
	return []key[filters.Examples]{
		{"keep", "titles that must be kept", listOf(formText), func(r *reader, v value, e *filters.Examples) { e.Keep = r.texts(v) }},
		{"drop", "titles that must be dropped", listOf(formText), func(r *reader, v value, e *filters.Examples) { e.Drop = r.texts(v) }},
	}
}

func readApply(r *reader, v value, e *editionDraft) {
	text, ok := r.scalar(v, "write new, all, or an age such as 7d")
	if !ok {
		return
	}
	switch text {
	case "new":
		e.edition.Apply = filters.Apply{}
	case "all":
		e.edition.Apply = filters.Apply{All: true}
	default:
		age, err := filters.ParseDuration(strings.TrimPrefix(text, "back to "))
		if err != nil || age <= 0 {
			r.wrong(v, v.shown()+" is not known here", "write new, all, or an age such as 7d")
			return
		}
		e.edition.Apply = filters.Apply{Back: age}
	}
}

func readEditions(r *reader, v value, d *draft) {
	r.items(v, func(item value) {
		e := &editionDraft{value: item, edition: filters.Edition{Stories: filters.OneStory, Sort: filters.ByDate, Quorum: 1, Limit: 50}}
		if mapping(r, item, editionKeys(), e) {
			d.editions = append(d.editions, e)
		}
	})
}

func storiesKeys() []key[draft] {
	pairs := func(pick func(*story.Options) *[]story.Pair) func(*reader, value, *draft) {
		return func(r *reader, v value, d *draft) {
			r.list(v, func(item value) {
				if item.node.Kind != listKind || len(item.node.Content) < 2 {
					r.wrong(item, "doesn't name two that go together", "write lists of two or more sources or hosts: [[wire-a, wire-b], [wire-a, example.org]]")
					return
				}
				var all []string
				r.list(item, func(one value) {
					if text, ok := r.text(one); ok {
						all = append(all, text)
						d.pairs = append(d.pairs, named{text, one})
					}
				})
				for i, a := range all {
					for _, b := range all[i+1:] {
						into := pick(&d.config.Stories)
						*into = append(*into, story.Pair{a, b})
					}
				}
			})
		}
	}
	return []key[draft]{
		{"window", "the longest time from a story's first rendition to its last", formDuration, func(r *reader, v value, d *draft) {
			set(&d.config.Stories.Window)(r.duration(v, leastWindow))
		}},
		{"apart", "lists of sources or hosts whose entries are never one story", listOf(listOf(formText)), pairs(func(o *story.Options) *[]story.Pair { return &o.Apart })},
		{"together", "lists of sources or hosts whose entries are one story on slighter evidence", listOf(listOf(formText)), pairs(func(o *story.Options) *[]story.Pair { return &o.Together })},
	}
}

// leastWindow is the shortest window of a story. Who wants no stories at all
// says stories: all in the editions.
const leastWindow = time.Minute
