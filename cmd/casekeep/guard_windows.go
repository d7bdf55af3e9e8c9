package main

import "golang.org/x/sys/windows"

// guardProcess keeps Windows Error Reporting from collecting the memory of the
// open vault after a crash. werNoHeap is WER_FAULT_REPORTING_FLAG_NOHEAP of
// werapi.h.
func guardProcess() {
	const werNoHeap = 1
	_ = windows.SetErrorMode(windows.SEM_FAILCRITICALERRORS | windows.SEM_NOGPFAULTERRORBOX | windows.SEM_NOOPENFILEERRORBOX)
	if set := windows.NewLazySystemDLL("wer.dll").NewProc("WerSetFlags"); set.Find() == nil {
		_, _, _ = set.Call(werNoHeap)
	}
}
