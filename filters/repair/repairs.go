package repair

// repairs is the table of all repairs, in the order in which they work. The
// order matters:
//
//   - characters first, since everything else reads them: mojibake, then what
//     no reader was meant to see, then markup that was escaped into text, so
//     that later repairs see it as markup;
//   - what the configuration removes goes before work is spent on it;
//   - lines are joined before addresses are looked for: a line break may stand
//     in one;
//   - addresses are mended before they are unwrapped (a wrapper is told by its
//     address), unwrapped before they are resolved, and lose their tracking
//     parameters when they are whole;
//   - wrappers are emptied by other repairs before they are found empty;
//   - what is boilerplate is judged on mended blocks, and knows the title;
//   - sanitising is the last gate and has no switch.
func repairs() []repair {
	return []repair{
		{name: "mojibake", what: "undoes UTF-8 that was read as another charset, once or twice", run: (*page).mojibake},
		{name: "litter", what: "takes away comments, styles, scripts, and what editors and switched-off plug-ins leave in the text", run: (*page).litter},
		{name: "escaped", what: "turns markup that shows as text back into what was meant; code samples stay", run: (*page).escaped},
		{name: "remove", what: "takes away what the source's `remove` selectors name", run: (*page).remove},
		{name: "images", what: "shows lazy, responsive and noscript pictures, takes away placeholders and pixels that count readers", run: (*page).images},
		{name: "addresses", what: "mends addresses broken by white space, translation or escaping, in text and attributes, and makes links of bare ones", run: (*page).addresses},
		{name: "text", what: "joins lines that a machine broke and makes paragraphs of plain text and of runs of breaks", run: (*page).text},
		{name: "addresses", run: (*page).addressesInLines},
		{name: "wrapped", what: "takes addresses out of proxies, redirectors, caches and viewers", run: (*page).wrapped},
		{name: "relative", what: "makes relative addresses absolute", run: (*page).relative},
		{name: "tracking", what: "takes parameters off addresses that only tell who sent the reader", run: (*page).tracking},
		{name: "empty", what: "takes away empty wrappers, breaks at the edges of blocks, and styles and scripts that show as text", run: (*page).empty},
		{name: "titles", what: "takes site names, syndication marks and markup off titles, and first lines that only repeat them", run: (*page).titles},
		{name: "boilerplate", what: "takes away furniture around the article, told by markup, wording in many languages, and recurrence across the source", run: (*page).boilerplate},
		{name: "notices", what: "takes away the site's notices in another language than the article's", run: (*page).notices},
		{name: "sanitise", what: "leaves nothing active and only markup that readers need", always: true, run: (*page).sanitise},
	}
}

// Row describes one repair for people.
type Row struct {
	Name   string
	What   string // one sentence
	Always bool   // a source can't switch it off
}

// Rows lists the repairs in the order in which they work.
func Rows() []Row {
	var rows []Row
	for _, r := range repairs() {
		if r.what == "" {
			continue
		}
		rows = append(rows, Row{Name: r.name, What: r.what, Always: r.always})
	}
	return rows
}

// Names lists the repairs that a source can switch off.
func Names() []string {
	var names []string
	for _, r := range repairs() {
		if !r.always && r.what != "" {
			names = append(names, r.name)
		}
	}
	return names
}
