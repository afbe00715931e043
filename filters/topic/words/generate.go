//go:build ignore

// generate makes zh.gz and ja.gz, the word lists that tell where words end in
// Chinese and Japanese. Its arguments are jieba's dict.txt (MIT licence) and a
// directory with the IPADIC of MeCab 2.7.0 (NAIST and ICOT licences):
//
//	go run words/generate.go dict.txt ipadic/
//
// A line is a word and what it costs, in quarters of a bit.
package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"copydesk/filters/text"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: generate DICT.TXT IPADIC-DIRECTORY")
	}
	write("words/zh.gz", chinese(os.Args[1]))
	write("words/ja.gz", japaneseWords(os.Args[2]))
}

func chinese(path string) map[string]int {
	freq, total := map[string]float64{}, 0.0
	each(path, false, func(line string) {
		f := strings.Fields(line)
		n, _ := strconv.ParseFloat(f[1], 64)
		freq[f[0]] = n
		total += n
	})
	out := map[string]int{}
	for w, n := range freq {
		if length := utf8.RuneCountInString(w); all(w, unicode.Han) && (length == 1 || length <= 4 && n >= 5) {
			out[w] = bits(-math.Log2(max(n, 1) / total))
		}
	}
	return out
}

// japaneseWords turns the costs of words within sentences into costs of words
// within compounds: a single character is cheap as an affix and dear as a noun.
func japaneseWords(dir string) map[string]int {
	out := map[string]int{}
	put := func(w string, b float64) {
		w = string(text.Terms(w).Fold) // as texts are looked at
		if old, ok := out[w]; !ok || bits(b) < old {
			out[w] = bits(b)
		}
	}
	read := map[string]bool{} // how words in Chinese characters are read: rarely written in katakana
	each(filepath.Join(dir, "Noun.csv"), true, func(line string) {
		if f := strings.Split(line, ","); len(f) > 11 && !all(f[0], unicode.Katakana) {
			read[f[11]] = true
		}
	})
	for _, name := range []string{"Noun.csv", "Noun.verbal.csv", "Noun.adjv.csv", "Noun.adverbal.csv", "Noun.place.csv", "Noun.org.csv", "Suffix.csv", "Prefix.csv"} {
		each(filepath.Join(dir, name), true, func(line string) {
			f := strings.Split(line, ",")
			w := f[0]
			cost, err := strconv.ParseFloat(f[3], 64)
			if err != nil {
				return
			}
			n := utf8.RuneCountInString(w)
			proper := name == "Noun.place.csv" || name == "Noun.org.csv"
			switch {
			case all(w, unicode.Katakana):
				if n >= 2 && !(proper && (n < 3 || cost > 4500)) && (n >= 3 || name == "Noun.csv" && !read[w]) {
					put(w, 8)
				}
			case !all(w, unicode.Han) || n > 4:
			case n == 1 && (name == "Suffix.csv" || name == "Prefix.csv"):
				put(w, 5)
			case n == 1:
				put(w, 12)
			case proper && cost > 4500:
			default:
				put(w, 4+(cost+2000)/485)
			}
		})
	}
	return out
}

func bits(b float64) int { return int(min(255, max(1, math.Round(b*4)))) }

func all(s string, table *unicode.RangeTable) bool {
	for _, r := range s {
		if !unicode.Is(table, r) && r != 'ー' {
			return false
		}
	}
	return s != ""
}

func each(path string, euc bool, fn func(string)) {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if euc {
		r = japanese.EUCJP.NewDecoder().Reader(f)
	}
	for s := bufio.NewScanner(r); s.Scan(); {
		fn(s.Text())
	}
}

func write(path string, words map[string]int) {
	f, err := os.Create(path)
	if err != nil {
		log.Fatal(err)
	}
	z, _ := gzip.NewWriterLevel(f, gzip.BestCompression)
	keys := make([]string, 0, len(words))
	for w := range words {
		keys = append(keys, w)
	}
	slices.Sort(keys)
	for _, w := range keys {
		fmt.Fprintln(z, w, words[w])
	}
	if err := z.Close(); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
	log.Print(path, " ", len(words), " words")
}
