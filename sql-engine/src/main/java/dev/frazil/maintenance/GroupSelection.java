package dev.frazil.maintenance;

import dev.frazil.maintenance.DataFileCompaction.FileGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which of the groups that pay are written anew, and in what order. Immutable.
 *
 * @param mostFiles so many files at most
 */
public record GroupSelection(JobOrder order, long mostFiles) {

  /** Which groups come first, by Iceberg's names. */
  public enum JobOrder {
    /** As they were found. */
    NONE,
    /** The smallest. */
    BYTES_ASC,
    /** The largest. */
    BYTES_DESC,
    /** Those of the fewest files. */
    FILES_ASC,
    /** Those of the most files. */
    FILES_DESC;

    /** 22023 for a text that is none of them. */
    static JobOrder of(String text) {
      for (JobOrder order : values()) {
        if (order.text().equals(text.toLowerCase(Locale.ROOT))) {
          return order;
        }
      }
      throw ProcedureOptions.invalid(
          "rewrite-job-order = '"
              + text
              + "' is none of none, bytes-asc, bytes-desc, files-asc, files-desc");
    }

    private String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  List<FileGroup> of(List<FileGroup> groups) {
    List<FileGroup> ordered = new ArrayList<>(groups);
    Comparator<FileGroup> byBytes = Comparator.comparingLong(FileGroup::lengthBytes);
    Comparator<FileGroup> byFiles = Comparator.comparingInt(group -> group.files().size());
    switch (order) {
      case NONE -> {}
      case BYTES_ASC -> ordered.sort(byBytes);
      case BYTES_DESC -> ordered.sort(byBytes.reversed());
      case FILES_ASC -> ordered.sort(byFiles);
      case FILES_DESC -> ordered.sort(byFiles.reversed());
    }
    List<FileGroup> chosen = new ArrayList<>();
    long left = mostFiles;
    for (FileGroup group : ordered) {
      int count = (int) Math.min(left, group.files().size());
      if (count > 0) {
        chosen.add(new FileGroup(group.files().subList(0, count)));
        left -= count;
      }
    }
    return chosen;
  }
}
