package article

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

const (
	// maxPage bounds the bytes of a page, maxElements what is in it, and
	// maxArticle the bytes of what is taken out: finding an article takes many
	// times the memory of all three.
	maxPage     = 4 << 20
	maxElements = 40_000
	maxArticle  = 1 << 20
	// maxWork bounds how much stands how deep: finding an article reads the
	// text below an element for each of those that it stands in. Elements count
	// as so many bytes; a hundred pages of news come to a tenth of it at most.
	maxWork     = 64 << 20
	elementWork = 64
	// maxLooks bounds how often siblings are looked at: selectors can ask for
	// each element what stands before it.
	maxLooks = 25_000_000
	// maxRoots bounds how often the outermost elements begin: the attributes
	// of all of them are gathered in the first, which costs more each time.
	maxRoots = 20
)

var root = regexp.MustCompile(`(?i)<(?:html|body)[\s/]`)

// read makes a tree of a page, or says why that would take too much. Named:
// its article is to be found with a selector.
func read(body []byte, header http.Header, named bool) (*html.Node, error) {
	if len(body) > maxPage {
		return nil, fmt.Errorf("it is larger than %d MB", maxPage>>20)
	}
	decoded, err := charset.NewReader(bytes.NewReader(body), header.Get("Content-Type"))
	if err != nil {
		return nil, errors.New("it is empty")
	}
	text, err := io.ReadAll(decoded)
	if err != nil {
		return nil, fmt.Errorf("it isn't in the charset that it names: %w", err)
	}
	if len(root.FindAllIndex(text, maxRoots+1)) > maxRoots {
		return nil, errors.New("it is many pages in one")
	}
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, errors.New("its elements are nested too deeply")
	}
	w := weigh(doc, 0)
	switch {
	case w.elements > maxElements:
		return nil, fmt.Errorf("it has more than %d elements", maxElements)
	case w.work > maxWork:
		return nil, errors.New("there is too much in it, nested too deeply")
	case w.looks > maxLooks && named:
		return nil, errors.New("there are too many elements side by side in it")
	}
	return doc, nil
}

// weight is what a page, or a part of it, costs.
type weight struct{ elements, looks, work int }

// weigh weighs what stands below a node.
func weigh(n *html.Node, depth int) (w weight) {
	siblings := 0
	for c := range n.ChildNodes() {
		siblings++
		size := elementWork
		if c.Type == html.ElementNode {
			w.elements++
		} else {
			size = len(c.Data)
		}
		below := weigh(c, depth+1)
		w.elements += below.elements
		w.work += below.work + size*(depth+1)
		w.looks += below.looks
	}
	w.looks += siblings * siblings
	return w
}
