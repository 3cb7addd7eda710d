package dev.frazil.config;

/**
 * The version of Frazil that files and answers name. A test of the driver holds it to that of the
 * build.
 */
public final class ProductVersion {
  /** Major, minor and patch, without a qualifier. */
  public static final String NUMBER = "0.1.0";

  private ProductVersion() {}
}
