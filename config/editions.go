package config

import (
	"fmt"
	"slices"
	"strings"

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

func contains(all []string, one string) bool { return slices.Contains(all, one) }

// language reads a BCP 47 tag.
func (r *reader) language(v value, unknown bool) (string, bool) {
	text, ok := r.text(v)
	if !ok || unknown && text == "unknown" {
		return text, ok
	}
	tag, err := language.Parse(text)
	if base, _ := tag.Base(); err != nil || base.String() == "und" {
		right := "write a language tag (BCP 47): en, zh, zh-Hant, pt-BR"
		if unknown {
			right += ", or unknown"
		}
		r.wrong(v, fmt.Sprintf("%q is not a language", text), right)
		return "", false
	}
	return text, true
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
		{"sources", "names of sources, or tag:NAME; default: all", listOf(formText), names(func(e *editionDraft) *[]named { return &e.sources })},
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
		{"quorum", "publish only stories that so many sources report", formNumber, func(r *reader, v value, e *editionDraft) { set(&e.edition.Quorum)(r.integer(v, 1)) }},
		{"limit", "entries in the feed; older ones are on its further pages", formNumber, func(r *reader, v value, e *editionDraft) { set(&e.edition.Limit)(r.integer(v, 1)) }},
		{"private", "open with the token or a subscriber's address only", formBool, func(r *reader, v value, e *editionDraft) { set(&e.edition.Private)(r.boolean(v)) }},
		{"apply", "what a changed rule holds for: new entries, all, or back to an age such as 7d", formText, readApply},
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
	text, ok := r.text(v)
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
			r.wrong(v, fmt.Sprintf("%q is not known here", text), "write new, all, or an age such as 7d")
			return
		}
		e.edition.Apply = filters.Apply{Back: age}
	}
}

func readEditions(r *reader, v value, d *draft) {
	r.list(v, func(item value) {
		e := &editionDraft{value: item, edition: filters.Edition{Stories: filters.OneStory, Quorum: 1, Limit: 50}}
		if mapping(r, item, editionKeys(), e) {
			d.editions = append(d.editions, e)
		}
	})
}

func storiesKeys() []key[story.Options] {
	pairs := func(pick func(*story.Options) *[]story.Pair) func(*reader, value, *story.Options) {
		return func(r *reader, v value, o *story.Options) {
			r.list(v, func(item value) {
				both := r.texts(item)
				if item.node.Kind == listKind && len(both) < 2 {
					r.wrong(item, "names fewer than two", "write the names of two or more sources or hosts: [wire-a, wire-b]")
				}
				for i, a := range both {
					for _, b := range both[i+1:] {
						*pick(o) = append(*pick(o), story.Pair{a, b})
					}
				}
			})
		}
	}
	return []key[story.Options]{
		{"window", "the longest time from a story's first rendition to its last", formDuration, func(r *reader, v value, o *story.Options) { set(&o.Window)(r.duration(v, 0)) }},
		{"apart", "lists of sources or hosts whose entries are never one story", listOf(listOf(formText)), pairs(func(o *story.Options) *[]story.Pair { return &o.Apart })},
		{"together", "lists of sources or hosts whose entries are one story on slighter evidence", listOf(listOf(formText)), pairs(func(o *story.Options) *[]story.Pair { return &o.Together })},
	}
}

// pathOf names a part of a list by the name it has rather than its number.
func pathOf(list, name string) string { return list + "[" + name + "]" }
