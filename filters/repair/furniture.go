package repair

// Furniture is what was learned of a source's boilerplate.
type Furniture struct{}
