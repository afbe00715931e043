package parse

import (
	"strings"

	"copydesk/feed"
)

// person reads the ways in which RSS names an author in one line:
// "joe@example.com (Joe)", "Joe (joe@example.com)", "Joe <joe@example.com>",
// "Joe (Acme)", "Joe", "joe@example.com".
func person(t string) feed.Person {
	t = fold(t)
	if looksHTML(t) {
		if p := angled(t); p.Name != "" {
			return p
		}
		t = plainText(t)
	}
	if p := angled(t); p.Name != "" {
		return p
	}
	if open := strings.LastIndex(t, " ("); open > 0 && strings.HasSuffix(t, ")") {
		before, inside := strings.TrimSpace(t[:open]), strings.TrimSpace(t[open+2:len(t)-1])
		switch {
		case isEmail(before):
			return named(feed.Person{Name: inside, Email: email(before)})
		case isEmail(inside):
			return named(feed.Person{Name: before, Email: email(inside)})
		}
		return feed.Person{Name: t}
	}
	if isEmail(t) {
		return named(feed.Person{Email: email(t)})
	}
	if at, rest, ok := strings.Cut(t, " "); ok && isEmail(at) { // "joe@example.com Joe"
		return named(feed.Person{Name: strings.Trim(rest, " -–,"), Email: email(at)})
	}
	return feed.Person{Name: t}
}

// angled reads "Joe <joe@example.com>".
func angled(t string) feed.Person {
	before, inside, ok := strings.Cut(t, "<")
	inside, after, closed := strings.Cut(inside, ">")
	if !ok || !closed || strings.TrimSpace(after) != "" || !isEmail(inside) {
		return feed.Person{}
	}
	return named(feed.Person{Name: strings.Trim(before, ` "`), Email: email(inside)})
}

func email(t string) string {
	if len(t) > 7 && strings.EqualFold(t[:7], "mailto:") {
		return t[7:]
	}
	return t
}

func isEmail(t string) bool {
	name, host, ok := strings.Cut(t, "@")
	return ok && name != "" && host != "" && strings.Contains(host, ".") && !strings.ContainsAny(t, " ()<>,") && strings.Count(t, "@") == 1
}

// named gives a person without name the best sign there is of one.
func named(p feed.Person) feed.Person {
	p.Email = email(strings.TrimSpace(p.Email))
	if p.Name = fold(p.Name); p.Name == "" {
		p.Name = firstOf(p.Email, p.URI)
	}
	return p
}

// addPerson adds a person unless they are there; what is known of the same
// one from several elements is put together.
func addPerson(people []feed.Person, p feed.Person) []feed.Person {
	if p.Name == "" || len(people) >= maxListed {
		return people
	}
	for i, q := range people {
		if strings.EqualFold(q.Name, p.Name) || q.Email != "" && q.Email == p.Email || q.Email != "" && q.Email == p.Name {
			people[i].Email = firstOf(q.Email, p.Email)
			people[i].URI = firstOf(q.URI, p.URI)
			if q.Name == q.Email {
				people[i].Name = p.Name
			}
			return people
		}
	}
	return append(people, p)
}

// addCategory adds a category unless it is there.
func addCategory(all []feed.Category, c feed.Category) []feed.Category {
	if len(all) >= maxListed {
		return all
	}
	c.Term, c.Label, c.Scheme = strings.TrimSpace(c.Term), strings.TrimSpace(c.Label), strings.TrimSpace(c.Scheme)
	if c.Term == "" {
		if c.Term = c.Label; c.Term == "" {
			return all
		}
	}
	for _, have := range all {
		if have.Term == c.Term && have.Scheme == c.Scheme {
			return all
		}
	}
	return append(all, c)
}

// sharedPeople are the feed's authors as far as each entry can have them too.
func sharedPeople(people []feed.Person) []feed.Person {
	size := 0
	for i, p := range people {
		if size += len(p.Name) + len(p.Email) + len(p.URI); size > maxShared {
			return people[:i:i]
		}
	}
	return people
}
