package exchange

import (
	"io"
	"iter"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// rowGroup is how many rows are gathered before they are written: a reader may
// take one group at a time.
const rowGroup = 50_000

// WriteParquet writes claims as Apache Parquet, compressed with Zstandard. Its
// columns are those of the CSV; amount and confidence are numbers.
func WriteParquet(w io.Writer, claims iter.Seq2[Claim, error]) error {
	out := parquet.NewGenericWriter[Row](w, parquet.Compression(&zstd.Codec{}), parquet.MaxRowsPerRowGroup(rowGroup))
	for c, err := range claims {
		if err != nil {
			return err
		}
		row, err := RowOf(c)
		if err != nil {
			return err
		}
		if _, err := out.Write([]Row{row}); err != nil {
			return err
		}
	}
	return out.Close()
}
