package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.encoding.RunLengthDecoder;
import dev.frazil.parquet.encoding.ValueDecoder;
import dev.frazil.parquet.format.ColumnChunkInfo;
import dev.frazil.parquet.format.PrefetchedBytes;
import dev.frazil.parquet.format.ReadMemory;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatches;
import java.util.List;
import org.apache.parquet.format.PageLocation;
import org.jspecify.annotations.Nullable;

/**
 * What flat and nested readers share: walking over the pages of a chunk, by offset index where
 * there is one, and handing values of the open page to a sink. Not thread-safe.
 */
abstract class ChunkReader {
  static final int SCRATCH_VALUES = 4096;

  final SchemaNode leaf;
  final VectorSink sink;
  private final String fileLocation;
  private final ColumnChunkInfo chunk;
  private final PrefetchedBytes bytes;
  private final ReadMemory memory;
  private final PageReader pages;
  private final DictionaryCache.Slot dictionary;
  private final @Nullable List<PageLocation> locations;
  private int nextLocation;

  /** Entries of the open page that are not read yet. */
  int pageLeft;

  private @Nullable DataPage page;
  private int[] ids = new int[0];
  private @Nullable ColumnVector ownDictionary;

  /** Where a chunk is read from, and into what. */
  record Source(
      String location,
      ColumnChunkInfo chunk,
      PrefetchedBytes bytes,
      ReadMemory memory,
      @Nullable List<PageLocation> locations,
      DictionaryCache.Slot dictionary,
      VectorSink sink) {}

  ChunkReader(Source source) {
    this.leaf = source.chunk().leaf();
    this.sink = source.sink();
    this.fileLocation = source.location();
    this.chunk = source.chunk();
    this.bytes = source.bytes();
    this.memory = source.memory();
    this.pages = new PageReader(fileLocation, chunk, bytes, memory);
    sink.within(memory);
    this.dictionary = source.dictionary();
    this.locations = source.locations();
  }

  /** Moves to the header of the next data page; false at the end of the chunk. */
  boolean advance() {
    page = null;
    if (locations != null) {
      if (nextLocation == locations.size()) {
        return false;
      }
      PageLocation location = locations.get(nextLocation++);
      pages.seek(location.getOffset(), location.getCompressed_page_size());
    }
    if (!pages.next()) {
      return false;
    }
    pageLeft = pages.valueCount();
    return true;
  }

  /**
   * If an index tells that {@code row} stands in a later page than the open one: makes {@link
   * #advance} go there and returns that page's first row, else -1.
   */
  long seekPage(long row) {
    if (locations == null
        || nextLocation == locations.size()
        || locations.get(nextLocation).getFirst_row_index() > row) {
      return -1;
    }
    int low = nextLocation;
    int high = locations.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (locations.get(middle).getFirst_row_index() <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    nextLocation = low;
    page = null;
    pageLeft = 0;
    return locations.get(low).getFirst_row_index();
  }

  /** Whether the index, if there is one, agrees that the page just entered begins at a row. */
  boolean beginsAt(long row) {
    return locations == null || locations.get(nextLocation - 1).getFirst_row_index() == row;
  }

  DataPage openPage() {
    DataPage open = page;
    if (open == null) {
      open = pages.open();
      page = open;
    }
    return open;
  }

  /** Appends rows to the sink, {@code present} of which have a value in the open page. */
  void append(int present, int rows, boolean @Nullable [] nulls, int nullsFrom) {
    DataPage open = openPage();
    RunLengthDecoder idDecoder = open.ids();
    ValueDecoder values = open.values();
    if (idDecoder != null) {
      if (ids.length < present) {
        ids = new int[Math.max(present, SCRATCH_VALUES)];
      }
      if (present > 0) {
        idDecoder.read(ids, 0, present);
      }
      sink.appendIds(ids, dictionary(), present, rows, nulls, nullsFrom);
    } else if (values != null) {
      sink.append(values, present, rows, nulls, nullsFrom);
    }
  }

  /**
   * Appends {@code rows} rows of which {@code picked} have a value, those at {@code ordinals} among
   * the next {@code present} values of the open page.
   */
  void appendSome(
      int present,
      int[] ordinals,
      int picked,
      int rows,
      boolean @Nullable [] nulls,
      int nullsFrom) {
    DataPage open = openPage();
    RunLengthDecoder idDecoder = open.ids();
    ValueDecoder values = open.values();
    if (idDecoder != null) {
      if (ids.length < present) {
        ids = new int[Math.max(present, SCRATCH_VALUES)];
      }
      if (present > 0) {
        idDecoder.read(ids, 0, present);
      }
      for (int i = 0; i < picked; i++) {
        ids[i] = ids[ordinals[i]];
      }
      sink.appendIds(ids, dictionary(), picked, rows, nulls, nullsFrom);
    } else if (values != null) {
      sink.appendSome(values, present, ordinals, picked, rows, nulls, nullsFrom);
    }
  }

  /** Passes over {@code present} values of the open page. */
  void skipValues(int present) {
    DataPage open = openPage();
    RunLengthDecoder idDecoder = open.ids();
    ValueDecoder values = open.values();
    if (present > 0 && idDecoder != null) {
      idDecoder.skip(present);
    } else if (present > 0 && values != null) {
      values.skip(present);
    }
  }

  private ColumnVector dictionary() {
    ColumnVector known = ownDictionary;
    if (known == null) {
      known = dictionary.load(this::readDictionary);
      // Morsels share it, and each counts it: the last one to use it may be any.
      memory.take(RowBatches.memoryBytes(known));
      ownDictionary = known;
    }
    return known;
  }

  private ColumnVector readDictionary() {
    return readDictionary(new PageReader(fileLocation, chunk, bytes, memory), sink);
  }

  /** Decodes a chunk's dictionary; {@code like} tells the type and is left as it was. */
  static ColumnVector readDictionary(PageReader pages, VectorSink like) {
    try {
      int[] count = new int[1];
      ValueDecoder decoder = pages.dictionary(count);
      if (decoder == null) {
        throw new MalformedDataException("the column has no dictionary for its ids");
      }
      VectorSink target = like.fresh();
      target.start(Math.min(count[0], 1 << 20));
      target.append(decoder, count[0], count[0], null, 0);
      return target.finish(null);
    } catch (MalformedDataException | IndexOutOfBoundsException e) {
      throw pages.corrupt(e);
    }
  }

  ReadMemory memory() {
    return memory;
  }

  RuntimeException corrupt(RuntimeException cause) {
    return pages.corrupt(cause);
  }
}
