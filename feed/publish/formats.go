package publish

import "io"

// Format is one way to publish an edition.
type Format struct {
	Name      string // as export's --format names it
	Extension string // of /feeds/NAME.EXTENSION
	Type      string // media type
	Title     string // for people
	write     func(io.Writer, *Feed) error
}

var formats = []Format{
	{"atom", "atom", "application/atom+xml; charset=utf-8", "Atom", writeAtom},
	{"rss", "rss", "application/rss+xml; charset=utf-8", "RSS", writeRSS},
	{"json", "json", "application/feed+json", "JSON Feed", writeJSON},
}

// Formats lists all formats, the first first.
func Formats() []Format { return append([]Format(nil), formats...) }

// Names lists the formats' names.
func Names() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.Name
	}
	return names
}
