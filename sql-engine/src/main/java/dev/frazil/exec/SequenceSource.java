package dev.frazil.exec;

import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of several sources: UNION ALL. Each worker goes through its share of each source. */
final class SequenceSource implements BatchSource {
  private final List<BatchSource> inputs;
  private final int[] workersGiven;

  SequenceSource(List<BatchSource> inputs) {
    this.inputs = List.copyOf(inputs);
    this.workersGiven = new int[inputs.size()];
  }

  @Override
  public void prepare() {
    for (BatchSource input : inputs) {
      input.prepare();
    }
  }

  @Override
  public void reuseBatches() {
    inputs.forEach(BatchSource::reuseBatches);
  }

  @Override
  public int parallelism() {
    int most = 1;
    for (BatchSource input : inputs) {
      most = Math.max(most, input.parallelism());
    }
    return most;
  }

  @Override
  public Operator worker() {
    List<Operator> parts = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (workersGiven[i] < inputs.get(i).parallelism()) {
        workersGiven[i]++;
        parts.add(inputs.get(i).worker());
      }
    }
    return new Sequence(parts);
  }

  @Override
  public void stop() {
    for (BatchSource input : inputs) {
      input.stop();
    }
  }

  @Override
  public void close() {
    for (BatchSource input : inputs) {
      input.close();
    }
  }

  private static final class Sequence implements Operator {
    private final List<Operator> parts;
    private int current;

    Sequence(List<Operator> parts) {
      this.parts = parts;
    }

    @Override
    public @Nullable RowBatch next() {
      while (current < parts.size()) {
        RowBatch batch = parts.get(current).next();
        if (batch != null) {
          return batch;
        }
        current++;
      }
      return null;
    }

    @Override
    public void close() {
      for (Operator part : parts) {
        part.close();
      }
    }
  }
}
