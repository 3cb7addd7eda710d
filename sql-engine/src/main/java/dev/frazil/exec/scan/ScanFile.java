package dev.frazil.exec.scan;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.expressions.Expression;

/**
 * A data file that a scan must read. Immutable.
 *
 * @param deletes the delete files that may hold rows of it
 * @param spec how the file was partitioned
 * @param residual what the partition leaves of the scan's filter
 */
record ScanFile(DataFile file, List<DeleteFile> deletes, PartitionSpec spec, Expression residual) {}
