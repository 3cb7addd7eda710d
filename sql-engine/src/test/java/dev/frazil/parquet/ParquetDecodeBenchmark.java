package dev.frazil.parquet;

import static org.apache.iceberg.expressions.Expressions.alwaysTrue;
import static org.apache.iceberg.types.Types.NestedField.required;

import dev.frazil.type.TypeMapping;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import io.trino.tpch.LineItem;
import io.trino.tpch.LineItemGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/**
 * Decodes the seven columns of TPC-H Q1 from lineitem, two threads, interleaved with DuckDB over
 * the same file. Run by hand: {@code ParquetDecodeBenchmark [scale factor] [rounds]}.
 */
final class ParquetDecodeBenchmark {
  private static final Types.DecimalType MONEY = Types.DecimalType.of(15, 2);

  private static final Schema LINEITEM =
      new Schema(
          required(1, "l_orderkey", Types.LongType.get()),
          required(2, "l_partkey", Types.LongType.get()),
          required(3, "l_suppkey", Types.LongType.get()),
          required(4, "l_linenumber", Types.IntegerType.get()),
          required(5, "l_quantity", MONEY),
          required(6, "l_extendedprice", MONEY),
          required(7, "l_discount", MONEY),
          required(8, "l_tax", MONEY),
          required(9, "l_returnflag", Types.StringType.get()),
          required(10, "l_linestatus", Types.StringType.get()),
          required(11, "l_shipdate", Types.DateType.get()),
          required(12, "l_commitdate", Types.DateType.get()),
          required(13, "l_receiptdate", Types.DateType.get()),
          required(14, "l_shipinstruct", Types.StringType.get()),
          required(15, "l_shipmode", Types.StringType.get()),
          required(16, "l_comment", Types.StringType.get()));

  private ParquetDecodeBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    double scale = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
    MemoryStore store = new MemoryStore();
    write(store, scale);
    byte[] body = store.objects.get("f");
    Path path = Files.createTempFile("lineitem", ".parquet");
    Files.write(path, body);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (Connection duckDb = DuckDbValues.connect()) {
      DuckDbValues.execute(duckDb, "SET threads=2");
      String sql =
          "SELECT sum(l_quantity), sum(l_extendedprice), sum(l_discount), sum(l_tax),"
              + " max(l_returnflag), max(l_linestatus), max(l_shipdate) FROM '"
              + path
              + "'";
      double[] ours = new double[rounds];
      double[] theirs = new double[rounds];
      long rows = 0;
      for (int i = 0; i < rounds; i++) {
        long start = System.nanoTime();
        rows = decode(store, body.length, threads);
        long middle = System.nanoTime();
        DuckDbValues.query(duckDb, sql);
        ours[i] = (middle - start) / 1e6;
        theirs[i] = (System.nanoTime() - middle) / 1e6;
      }
      Arrays.sort(ours);
      Arrays.sort(theirs);
      double our = ours[rounds / 2];
      double their = theirs[rounds / 2];
      System.out.printf(
          "decode of 7 columns, %d rows: Frazil %.0f ms (%.1f M rows/s), DuckDB %.0f ms, ratio"
              + " %.2f; best %.0f and %.0f ms%n",
          rows, our, rows / our / 1000, their, our / their, ours[0], theirs[0]);
    } finally {
      threads.shutdown();
      Files.delete(path);
    }
  }

  private static long decode(MemoryStore store, long length, ExecutorService threads)
      throws Exception {
    ParquetFile file = ParquetFile.open(store, "f", length);
    List<ColumnRequest> requests =
        LINEITEM.columns().subList(4, 11).stream().map(ColumnRequest::new).toList();
    ParquetScanner scanner =
        new ParquetScanner(file, requests, LINEITEM, alwaysTrue(), null, ScanFixture.budget());
    List<Future<Long>> results = new ArrayList<>();
    for (Morsel morsel : scanner.morsels()) {
      results.add(
          threads.submit(
              () -> {
                long rows = 0;
                try (BatchReader reader = scanner.read(morsel)) {
                  for (PositionedBatch batch = reader.next();
                      batch != null;
                      batch = reader.next()) {
                    rows += batch.batch().rowCount();
                  }
                }
                return rows;
              }));
    }
    long rows = 0;
    for (Future<Long> result : results) {
      rows += result.get();
    }
    return rows;
  }

  private static void write(MemoryStore store, double scale) {
    ParquetBatchWriter writer =
        new ParquetBatchWriter(
            store.create("f"), LINEITEM, ParquetWriterOptions.of(Map.of(), LINEITEM));
    List<VectorBuilder> builders = new ArrayList<>();
    LINEITEM.columns().forEach(c -> builders.add(VectorBuilder.of(TypeMapping.toSql(c.type()))));
    long start = System.nanoTime();
    long writing = 0;
    int count = 0;
    long rows = 0;
    for (LineItem item : new LineItemGenerator(scale, 1, 1)) {
      builders.get(0).appendLong(item.getOrderKey());
      builders.get(1).appendLong(item.getPartKey());
      builders.get(2).appendLong(item.getSupplierKey());
      builders.get(3).appendInt(item.getLineNumber());
      builders.get(4).appendLong(item.getQuantity() * 100L);
      builders.get(5).appendLong(item.getExtendedPriceInCents());
      builders.get(6).appendLong(item.getDiscountPercent());
      builders.get(7).appendLong(item.getTaxPercent());
      builders.get(8).appendText(item.getReturnFlag());
      builders.get(9).appendText(item.getStatus());
      builders.get(10).appendInt(item.getShipDate());
      builders.get(11).appendInt(item.getCommitDate());
      builders.get(12).appendInt(item.getReceiptDate());
      builders.get(13).appendText(item.getShipInstructions());
      builders.get(14).appendText(item.getShipMode());
      builders.get(15).appendText(item.getComment());
      rows++;
      if (++count == RowBatch.TARGET_ROWS) {
        writing += flush(writer, builders, count);
        count = 0;
      }
    }
    writing += flush(writer, builders, count);
    long before = System.nanoTime();
    WrittenFile file = writer.close();
    writing += System.nanoTime() - before;
    System.out.printf(
        "wrote %d rows, %d bytes, %d row groups in %.0f ms (%.2f M rows/s), generating included"
            + " %.0f ms%n",
        rows,
        file.lengthBytes(),
        file.splitOffsets().size(),
        writing / 1e6,
        rows * 1e3 / writing,
        (System.nanoTime() - start) / 1e6);
    for (Types.NestedField field : LINEITEM.columns()) {
      System.out.printf(
          "  %s %d bytes%n", field.name(), file.metrics().columnSizes().get(field.fieldId()));
    }
  }

  private static long flush(ParquetBatchWriter writer, List<VectorBuilder> builders, int rows) {
    List<ColumnVector> columns = builders.stream().map(VectorBuilder::build).toList();
    long start = System.nanoTime();
    writer.write(new RowBatch(columns, rows));
    return System.nanoTime() - start;
  }
}
