package repair

import "strings"

// inAMP is the form of AMP viewers: /amp/s/HOST/PATH.
func inAMP(w *wrapping) (string, bool) {
	if !strings.HasPrefix(w.path, "/amp/s/") {
		return "", false
	}
	return ampPath(w, "")
}

// ampPath takes the address from the path of an AMP cache: a letter for the
// kind, "s" for https, host and path.
func ampPath(w *wrapping, _ string) (string, bool) {
	scheme, rest := "http", strings.TrimPrefix(w.path, "/")
	for segment, more, found := strings.Cut(rest, "/"); found; segment, more, found = strings.Cut(rest, "/") {
		if segment == "s" {
			scheme = "https"
		} else if len(segment) != 1 && segment != "amp" && segment != "ii" && segment != "wp" {
			break
		}
		rest = more
	}
	host, _, _ := strings.Cut(rest, "/")
	if !isHostname(host) {
		return "", false
	}
	inner := scheme + "://" + rest
	query := w.query
	for _, own := range []string{"amp_js_v", "amp_gsa", "usqp", "amp_r", "amp_kit"} {
		query = withoutParameter(query, own)
	}
	if query != "" {
		inner += "?" + query
	}
	if strings.HasPrefix(w.fragment, "#aoh=") || strings.HasPrefix(w.fragment, "#referrer=") || strings.HasPrefix(w.fragment, "#amp_") {
		return inner, true
	}
	return inner + w.fragment, true
}

func withoutParameter(query, name string) string {
	var kept []string
	for parameter := range strings.SplitSeq(query, "&") {
		if key, _, _ := strings.Cut(parameter, "="); key != name && parameter != "" {
			kept = append(kept, parameter)
		}
	}
	return strings.Join(kept, "&")
}
