package detail

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// tall gives an object a fixed height.
func tall(height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(tallLayout(height), o)
}

type tallLayout float32

func (l tallLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, float32(l)) }

func (l tallLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}
