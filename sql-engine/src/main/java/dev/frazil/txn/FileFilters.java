package dev.frazil.txn;

import java.util.List;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.InclusiveMetricsEvaluator;
import org.apache.iceberg.expressions.Projections;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file may hold rows that any of some filters match, by its partition and its bounds. In
 * doubt it may: a filter on a column that is gone matches everything.
 */
final class FileFilters {
  private final TableMetadata metadata;
  private final List<Filter> filters;

  /** What Iceberg's library is asked, and what it is not. */
  private record Filter(Expression rest, @Nullable UuidFilters uuids) {}

  FileFilters(TableMetadata metadata, List<Expression> filters) {
    this.metadata = metadata;
    this.filters =
        filters.stream()
            .map(
                filter ->
                    new Filter(
                        TruncatedPartitions.widened(
                            PromotedDates.without(filter, metadata), metadata.specs()),
                        UuidFilters.of(filter, metadata.schema())))
            .toList();
  }

  /** By partition and by the bounds of its columns. */
  boolean mayMatch(DataFile file) {
    return filters.stream()
        .anyMatch(filter -> mayMatchPartition(file, filter) && mayMatchBounds(file, filter));
  }

  /** By partition alone: for delete files, and for removed files, whose bounds are not kept. */
  boolean mayMatchPartition(ContentFile<?> file) {
    return filters.stream().anyMatch(filter -> mayMatchPartition(file, filter));
  }

  private boolean mayMatchBounds(DataFile file, Filter filter) {
    try {
      UuidFilters uuids = filter.uuids();
      PartitionSpec spec = metadata.spec(file.specId());
      return new InclusiveMetricsEvaluator(metadata.schema(), filter.rest()).eval(file)
          && (uuids == null || spec == null || uuids.mayMatch(file, spec));
    } catch (ValidationException columnGone) {
      return true;
    }
  }

  private boolean mayMatchPartition(ContentFile<?> file, Filter filter) {
    PartitionSpec spec = metadata.spec(file.specId());
    if (spec == null || spec.isUnpartitioned()) {
      return true;
    }
    try {
      UuidFilters uuids = filter.uuids();
      Expression projected = Projections.inclusive(spec).project(filter.rest());
      return new Evaluator(spec.partitionType(), projected).eval(file.partition())
          && (uuids == null || uuids.mayMatchPartition(file, spec));
    } catch (ValidationException columnGone) {
      return true;
    }
  }
}
