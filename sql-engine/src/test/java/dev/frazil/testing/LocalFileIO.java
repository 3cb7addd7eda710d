package dev.frazil.testing;

import java.util.Map;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/** The files of a local disk as Iceberg's clients reach them, without Hadoop. */
public final class LocalFileIO implements FileIO {
  private static final long serialVersionUID = 1L;

  private static String path(String location) {
    return location.replaceFirst("^file:(//)?", "");
  }

  @Override
  public InputFile newInputFile(String location) {
    return Files.localInput(path(location));
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return Files.localOutput(path(location));
  }

  @Override
  public void deleteFile(String location) {
    new java.io.File(path(location)).delete();
  }

  @Override
  public Map<String, String> properties() {
    return Map.of();
  }
}
