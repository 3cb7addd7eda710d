package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.WindowFrame.Bound;
import dev.frazil.plan.WindowFrame.Exclusion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A window node as EXPLAIN shows it. */
final class WindowText {
  private WindowText() {}

  static String of(PhysicalNode.Window window) {
    List<Column> input = window.input().columns();
    StringBuilder text = new StringBuilder("Window");
    if (!window.partitionKeys().isEmpty()) {
      List<String> keys = window.partitionKeys().stream().map(i -> input.get(i).name()).toList();
      text.append(" by ").append(keys);
    }
    if (!window.order().isEmpty()) {
      text.append(" order ").append(PhysicalPlanText.keys(window.order(), input));
    }
    List<String> calls = new ArrayList<>();
    for (WindowCall call : window.calls()) {
      calls.add(call(call, input));
    }
    text.append(' ').append(calls);
    PartitionHead head = window.head();
    if (head != null) {
      text.append(" [first of each partition: ").append(head).append(']');
    }
    return text.toString();
  }

  private static String call(WindowCall call, List<Column> input) {
    String nulls = call.ignoreNulls() ? " IGNORE NULLS" : "";
    if (call.aggregate() != null) {
      return PhysicalPlanText.call(call.aggregate(), input) + frame(call.frame());
    }
    List<String> arguments = call.arguments().stream().map(i -> input.get(i).name()).toList();
    String text = call.function() + "(" + String.join(", ", arguments) + ")" + nulls;
    return switch (call.function()) {
      case FIRST_VALUE, LAST_VALUE, NTH_VALUE -> text + frame(call.frame());
      case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE, LAG, LEAD, AGGREGATE ->
          text;
    };
  }

  private static String frame(WindowFrame frame) {
    if (frame.isPartition()) {
      return "";
    }
    String text = " " + frame.unit() + " " + bound(frame.start()) + " TO " + bound(frame.end());
    return frame.exclusion() == Exclusion.NO_OTHERS
        ? text
        : text + " EXCLUDE " + words(frame.exclusion());
  }

  private static String bound(Bound bound) {
    return bound.offset() == null
        ? words(bound.position())
        : ExpressionText.of(bound.offset(), List.of()) + " " + words(bound.position());
  }

  private static String words(Enum<?> name) {
    return name.name().toUpperCase(Locale.ROOT).replace('_', ' ');
  }
}
