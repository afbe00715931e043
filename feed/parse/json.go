package parse

import (
	"net/http"

	"copydesk/feed"
)

func parseJSON(t string, header http.Header, base string, f *faults) (*feed.Document, error) {
	return nil, &NotAFeedError{What: "JSON that is no feed"}
}
