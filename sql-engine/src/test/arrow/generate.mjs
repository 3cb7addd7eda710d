// Writes the files of ArrowFilesTest with Apache Arrow's Rust writer: see README.md.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import * as arrow from "apache-arrow";

const require = createRequire(import.meta.url);
const parquet = require("parquet-wasm");
const folder = process.argv[2];
const rows = 350;
const ordinals = [...Array(rows).keys()];
const some = (every, value) => ordinals.map((i) => (i % every === 1 ? null : value(i)));
const list = (type) => new arrow.List(new arrow.Field("item", type, true));

const columns = {
  id: arrow.vectorFromArray(ordinals, new arrow.Int32()),
  tiny: arrow.vectorFromArray(some(5, (i) => (i % 256) - 128), new arrow.Int8()),
  big: arrow.vectorFromArray(some(6, (i) => BigInt(i) * 9007199254740993n - 5n), new arrow.Int64()),
  u8: arrow.vectorFromArray(some(7, (i) => i % 256), new arrow.Uint8()),
  u32: arrow.vectorFromArray(some(8, (i) => 4294967295 - i), new arrow.Uint32()),
  f32: arrow.vectorFromArray(some(9, (i) => (i % 50 === 3 ? NaN : i / 8 - 20)), new arrow.Float32()),
  f64: arrow.vectorFromArray(some(4, (i) => (i % 50 === 5 ? -Infinity : i / 3)), new arrow.Float64()),
  flag: arrow.vectorFromArray(some(3, (i) => i % 4 < 2), new arrow.Bool()),
  word: arrow.vectorFromArray(some(10, (i) => "wörd " + (i % 17) + "x".repeat(i % 90)), new arrow.Utf8()),
  choice: arrow.vectorFromArray(some(11, (i) => ["red", "green", "blue"][i % 3]), new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())),
  bytes: arrow.vectorFromArray(some(12, (i) => new Uint8Array([i % 256, 255, 0])), new arrow.Binary()),
  day: arrow.vectorFromArray(some(13, (i) => new Date((i - 300) * 86400000)), new arrow.DateDay()),
  micros: arrow.vectorFromArray(some(14, (i) => (i - 175) * 86399001), new arrow.TimestampMillisecond("UTC")),
  seconds: arrow.vectorFromArray(some(15, (i) => i * 977000), new arrow.TimestampSecond()),
  tags: arrow.vectorFromArray(some(6, (i) => [...Array(i % 4).keys()].map((k) => (k === 2 ? null : "t" + k))), list(new arrow.Utf8())),
  lists: arrow.vectorFromArray(some(7, (i) => (i % 3 === 0 ? [] : [[i], [], [i, null]])), list(list(new arrow.Int32()))),
  place: arrow.vectorFromArray(
    some(8, (i) => ({ x: i % 5 === 0 ? null : i, names: i % 2 === 0 ? ["a" + i] : null })),
    new arrow.Struct([new arrow.Field("x", new arrow.Int32(), true), new arrow.Field("names", list(new arrow.Utf8()), true)])),
};

function write(name, count, configure) {
  const table = new arrow.Table(columns).slice(0, count);
  const wasm = parquet.Table.fromIPCStream(arrow.tableToIPC(table, "stream"));
  const properties = configure(new parquet.WriterPropertiesBuilder()).build();
  writeFileSync(folder + "/" + name + ".parquet", parquet.writeParquet(wasm, properties));
}

const { Compression, Encoding, WriterVersion, EnabledStatistics } = parquet;
write("rust-plain", rows, (p) => p.setCompression(Compression.UNCOMPRESSED).setDictionaryEnabled(false).setMaxRowGroupSize(150));
write("rust-v2", rows, (p) =>
  p.setWriterVersion(WriterVersion.V2).setCompression(Compression.ZSTD).setDictionaryEnabled(false).setDataPageSizeLimit(500).setWriteBatchSize(64));
write("rust-dictionary", rows, (p) => p.setCompression(Compression.LZ4_RAW).setDataPageSizeLimit(400).setWriteBatchSize(50));
write("rust-delta", rows, (p) => {
  p = p.setCompression(Compression.SNAPPY).setDictionaryEnabled(false).setStatisticsEnabled(EnabledStatistics.None);
  for (const c of ["id", "tiny", "big", "u8", "u32", "day", "micros", "seconds"]) p = p.setColumnEncoding(c, Encoding.DELTA_BINARY_PACKED);
  for (const c of ["f32", "f64"]) p = p.setColumnEncoding(c, Encoding.BYTE_STREAM_SPLIT);
  return p.setColumnEncoding("word", Encoding.DELTA_BYTE_ARRAY).setColumnEncoding("bytes", Encoding.DELTA_LENGTH_BYTE_ARRAY);
});
write("rust-empty", 0, (p) => p.setCompression(Compression.GZIP));
