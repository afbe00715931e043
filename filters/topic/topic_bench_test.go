package topic

import (
	"fmt"
	"strings"
	"testing"

	"copydesk/filters/text"
)

const (
	english = "The harbour council will vote on Tuesday on a plan to replace the tide gauges that have stood at the mouth of the river since the last flood. Engineers told the meeting that the old instruments, which send a reading every ten minutes, had failed twice in a year, and that the satellite link would have to be renewed in any case. "
	cjk     = "港口委员会将于星期二就更换河口潮位计的计划进行表决，这些仪器自上次洪水以来一直安装在那里。工程师在会议上表示，旧仪器每十分钟发送一次读数，一年内两次出现故障，卫星链路无论如何都需要更新。"
)

func grow(s string, size int) string { return strings.Repeat(s, size/len(s)+1)[:size/3*3] }

// vocabulary makes so many different terms out of syllables.
func vocabulary(n int) []string {
	syllables := strings.Fields("ba ke lo mi nu ra se ti vo za pre sto gra fli cle dra")
	chars := []rune("电力水土风云金木火石山川河海东南西北中大小高低长短新旧")
	var out []string
	for i := range n {
		a, b, c, d := syllables[i%16], syllables[i/16%16], syllables[i/256%16], syllables[i/4096%16]
		switch i % 4 {
		case 0:
			out = append(out, a+b+c+d)
		case 1:
			out = append(out, a+c+b+" "+d+c+a)
		case 2:
			out = append(out, b+a+d+" council "+c)
		default:
			out = append(out, string([]rune{chars[i%25], chars[i/25%25], chars[i/625%25]}))
		}
	}
	return out
}

func BenchmarkFind(b *testing.B) {
	for _, t := range []struct{ name, text, language string }{{"en", grow(english, 2048), "en"}, {"zh", grow(cjk, 2048), "zh"}} {
		n := text.Normalise(t.text)
		for _, size := range []int{10, 1000, 10000} {
			pool := NewPool()
			for _, s := range vocabulary(size) {
				term, err := CompileTerm(s)
				if err != nil {
					b.Fatal(err)
				}
				pool.Add(term)
			}
			pool.Find(n, t.language)
			b.Run(fmt.Sprintf("%s/%d", t.name, size), func(b *testing.B) {
				b.SetBytes(int64(len(t.text)))
				for b.Loop() {
					pool.Find(n, t.language)
				}
			})
		}
	}
}

func BenchmarkNormalise(b *testing.B) {
	for _, t := range []struct{ name, text string }{{"en", grow(english, 2048)}, {"zh", grow(cjk, 2048)}} {
		text.Normalise(t.text)
		b.Run(t.name, func(b *testing.B) {
			b.SetBytes(int64(len(t.text)))
			for b.Loop() {
				text.Normalise(t.text)
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	terms := vocabulary(10000)
	for b.Loop() {
		pool := NewPool()
		for _, s := range terms {
			term, err := CompileTerm(s)
			if err != nil {
				b.Fatal(err)
			}
			pool.Add(term)
		}
		pool.matcher("en")
	}
}
