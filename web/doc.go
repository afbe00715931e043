// Package web serves editions to feed readers, and pages to people.
//
// An edition's bytes are rendered when it changed and somebody asks, and kept
// until it changes again; every answer to a reader is those bytes, packed or
// not, or 304 (RFC 9110 §13). Nothing that is served depends on the time of
// the request.
//
// An edition that isn't filled yet is not served as empty. What is tried at
// /try changes nothing, and takes bounded time.
//
// The package asks for what it shows through small interfaces of its own. It
// decides who may see what: public editions are everybody's; private ones and
// the desk are for loopback and for who has the token.
package web
