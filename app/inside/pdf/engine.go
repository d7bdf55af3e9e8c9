package pdf

import (
	"bytes"
	"context"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// memoryPages bounds the memory of a document, in pages of 64 KiB.
const memoryPages = 384 << 20 / (64 << 10)

// engine holds PDFium, compiled, for a process.
type engine struct {
	mu      sync.Mutex
	compile chan struct{} // closed once it was tried; nil: not yet
	pool    pdfium.Pool
	err     error
}

var shared engine

// Ready reports whether PDFium is compiled, so that opening takes no seconds.
func Ready() bool {
	shared.mu.Lock()
	defer shared.mu.Unlock()
	return shared.pool != nil
}

// Drop gives back what PDFium takes. Documents must be closed before.
func Drop() {
	shared.mu.Lock()
	pool := shared.pool
	if pool != nil {
		shared.pool, shared.compile = nil, nil
	}
	shared.mu.Unlock()
	if pool != nil {
		_ = pool.Close()
	}
}

// Prepare begins to compile PDFium, where a PDF is likely to be opened soon.
func Prepare() { shared.begin() }

// begin compiles PDFium where that was not done, and gives what is closed then.
func (e *engine) begin() chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.compile == nil {
		e.compile = make(chan struct{})
		go e.prepare(e.compile)
	}
	return e.compile
}

// get waits until PDFium is compiled. Whoever stops waiting leaves the work to
// the next.
func (e *engine) get(ctx context.Context) (pdfium.Pool, error) {
	select {
	case <-e.begin():
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.pool, e.err
}

func (e *engine) prepare(compiled chan struct{}) {
	defer close(compiled)
	pool, err := newPool()
	debug.FreeOSMemory() // the compiler leaves some 300 MB of garbage
	e.mu.Lock()
	defer e.mu.Unlock()
	e.pool, e.err = pool, err
}

func newPool() (pool pdfium.Pool, err error) {
	defer catch(&err)
	return webassembly.Init(webassembly.Config{
		MaxIdle: 1, MaxTotal: 2,
		FSConfig: wazero.NewFSConfig(), // none; the default would be the whole disk
		Stdout:   io.Discard, Stderr: io.Discard,
		RandomSource: zeros{},
		RuntimeConfig: wazero.NewRuntimeConfig().
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithCloseOnContextDone(true).WithDebugInfoEnabled(false).WithMemoryLimitPages(memoryPages),
	})
}

// zeros is the sandbox's chance: drawing needs none, and the same file is to be
// drawn the same.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// instanceWait bounds how long a sandbox is waited for.
const instanceWait = 10 * time.Second

// isPDF reports whether a file can be one: its mark stands within its first
// bytes (ISO 32000-1, annex H, implementation note 13).
func isPDF(content []byte) bool {
	return bytes.Contains(content[:min(len(content), 1024)], []byte("%PDF-"))
}
