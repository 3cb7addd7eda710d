package dev.frazil.parquet;

import dev.frazil.parquet.Morsel.RowRange;
import dev.frazil.parquet.format.FileFooter;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.parquet.prune.PageIndexes;
import dev.frazil.parquet.prune.PrunedColumn;
import dev.frazil.parquet.prune.PruningExpression;
import dev.frazil.parquet.prune.RowGroupPruner;
import dev.frazil.parquet.prune.RowRanges;
import dev.frazil.parquet.read.ColumnBinder;
import dev.frazil.parquet.read.DictionaryValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.parquet.format.PageLocation;
import org.jspecify.annotations.Nullable;

/** Prunes a file and cuts what is left into morsels. Used once, by one thread. */
final class MorselPlanner {
  /** Rows a morsel aims at, where pages can be addressed. */
  private static final long TARGET_ROWS = 128 * 1024;

  /** A row group up to this size is one morsel, without a look at its indexes. */
  private static final long UNDIVIDED_ROWS = 2 * TARGET_ROWS;

  private final ParquetFile file;
  private final FileFooter footer;
  private final PruningExpression expression;
  private final ReadMemory memory;
  private final Map<Integer, PrunedColumn> prunedColumns = new HashMap<>();
  private final List<SchemaNode> leaves = new ArrayList<>();
  private final List<Morsel> morsels = new ArrayList<>();
  private final Map<Integer, Map<Integer, List<PageLocation>>> locations = new HashMap<>();

  MorselPlanner(
      ParquetFile file,
      ColumnBinder binder,
      List<Types.NestedField> fields,
      Schema schema,
      PruningExpression expression,
      ReadMemory memory) {
    this.file = file;
    this.footer = file.footer();
    this.expression = expression;
    this.memory = memory;
    for (int fieldId : expression.fieldIds()) {
      Types.NestedField field = schema.asStruct().field(fieldId);
      // Fields within structs and lists are not pruned by.
      if (field != null && field.type().isPrimitiveType()) {
        SchemaNode node = binder.column(field);
        if (node == null || (node.isLeaf() && node.maxRepetition() == 0)) {
          prunedColumns.put(fieldId, new PrunedColumn(field, node));
        }
      }
    }
    for (Types.NestedField field : fields) {
      SchemaNode node = binder.column(field);
      if (node != null) {
        addLeaves(node);
      }
    }
  }

  private void addLeaves(SchemaNode node) {
    if (node.isLeaf()) {
      leaves.add(node);
    }
    node.children().forEach(this::addLeaves);
  }

  List<Morsel> morsels() {
    return morsels;
  }

  /** Page locations by row group and leaf, for the row groups that are read page by page. */
  Map<Integer, Map<Integer, List<PageLocation>>> locations() {
    return locations;
  }

  void plan() {
    boolean prunes = !expression.isTrivial();
    RowGroupPruner pruner =
        new RowGroupPruner(footer, file.bytes(), expression, prunedColumns, this::anyMatch);
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < footer.rowGroups().size(); i++) {
      if (footer.rowGroups().get(i).getNum_rows() > 0 && (!prunes || pruner.mayMatch(i))) {
        kept.add(i);
      }
    }
    int read = 0;
    PageIndexes indexes = new PageIndexes(footer, file.bytes(), memory);
    for (int rowGroup : kept) {
      if (usesPages(rowGroup)) {
        leaves.forEach(leaf -> indexes.want(rowGroup, leaf, false));
        for (PrunedColumn column : prunedColumns.values()) {
          if (column.leaf() != null) {
            indexes.want(rowGroup, column.leaf(), true);
          }
        }
      }
    }
    for (int rowGroup : kept) {
      RowRanges ranges =
          usesPages(rowGroup)
              ? indexes.matching(rowGroup, expression, prunedColumns)
              : RowRanges.all(rows(rowGroup));
      if (prunes && !ranges.isEmpty() && !pruner.mayMatchPages(rowGroup)) {
        continue;
      }
      read++;
      if (usesPages(rowGroup)) {
        planPages(rowGroup, ranges, indexes);
      } else {
        addMorsel(rowGroup, ranges, null);
      }
    }
    file.statistics().addRowGroups(footer.rowGroups().size(), footer.rowGroups().size() - read);
  }

  private boolean anyMatch(
      int rowGroup, PrunedColumn column, LongPredicate integers, Predicate<Object> others) {
    SchemaNode leaf = column.leaf();
    return leaf != null
        && DictionaryValues.read(
                footer,
                file.bytes(),
                rowGroup,
                leaf,
                column.field().type().asPrimitiveType(),
                memory)
            .anyMatch(integers, others);
  }

  private boolean usesPages(int rowGroup) {
    return !prunedColumns.isEmpty() || rows(rowGroup) > UNDIVIDED_ROWS;
  }

  private long rows(int rowGroup) {
    return footer.rowGroups().get(rowGroup).getNum_rows();
  }

  private void planPages(int rowGroup, RowRanges ranges, PageIndexes indexes) {
    Map<Integer, List<PageLocation>> pages = new HashMap<>();
    List<PageLocation> finest = null;
    for (SchemaNode leaf : leaves) {
      List<PageLocation> found = indexes.locations(rowGroup, leaf);
      if (found != null) {
        pages.put(leaf.leaf(), found);
        count(found, ranges, rows(rowGroup));
        finest = finest == null || found.size() > finest.size() ? found : finest;
      }
    }
    if (!ranges.isEmpty()) {
      locations.put(rowGroup, pages);
      addMorsel(rowGroup, ranges, finest);
    }
  }

  private void count(List<PageLocation> pages, RowRanges ranges, long rows) {
    int pruned = 0;
    for (int i = 0; i < pages.size(); i++) {
      long end = i + 1 < pages.size() ? pages.get(i + 1).getFirst_row_index() : rows;
      if (!ranges.overlaps(pages.get(i).getFirst_row_index(), end)) {
        pruned++;
      }
    }
    file.statistics().addPages(pages.size(), pruned);
  }

  /** Cuts ranges where pages of the finest column begin. */
  private void addMorsel(int rowGroup, RowRanges ranges, @Nullable List<PageLocation> finest) {
    long base = footer.firstRows()[rowGroup];
    List<RowRange> open = new ArrayList<>();
    long openRows = 0;
    int page = 0;
    for (int i = 0; i < ranges.starts().length; i++) {
      long start = ranges.starts()[i];
      while (finest != null && openRows + ranges.ends()[i] - start > TARGET_ROWS) {
        // The last page start that keeps the morsel within its target, or else the next one.
        while (page < finest.size() && finest.get(page).getFirst_row_index() <= start) {
          page++;
        }
        while (page + 1 < finest.size()
            && openRows + finest.get(page + 1).getFirst_row_index() - start <= TARGET_ROWS) {
          page++;
        }
        if (page >= finest.size() || finest.get(page).getFirst_row_index() >= ranges.ends()[i]) {
          break;
        }
        long cut = finest.get(page).getFirst_row_index();
        open.add(new RowRange(base + start, base + cut));
        morsels.add(new Morsel(rowGroup, open));
        open = new ArrayList<>();
        openRows = 0;
        start = cut;
      }
      open.add(new RowRange(base + start, base + ranges.ends()[i]));
      openRows += ranges.ends()[i] - start;
      if (openRows >= TARGET_ROWS) {
        morsels.add(new Morsel(rowGroup, open));
        open = new ArrayList<>();
        openRows = 0;
      }
    }
    if (!open.isEmpty()) {
      morsels.add(new Morsel(rowGroup, open));
    }
  }
}
