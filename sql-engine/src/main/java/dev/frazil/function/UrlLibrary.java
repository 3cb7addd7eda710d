package dev.frazil.function;

import dev.frazil.vector.VectorBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** URLs and their parts. */
final class UrlLibrary {
  private UrlLibrary() {}

  static void define(Definitions library) {
    if (library.has("url_encode")) {
      library
          .function(
              "varchar -> varchar",
              (in, out) ->
                  out.appendText(
                      URLEncoder.encode(in.text(0), StandardCharsets.UTF_8).replace("+", "%20")))
          .is("Escapes what must not stand in a URL.")
          .example("url_encode('a b&c')", "a%20b%26c");
    }
    if (library.has("url_decode")) {
      library
          .function("varchar -> varchar", UrlLibrary::decode)
          .is("Takes the escapes of a URL back; a plus sign is a blank.")
          .example("url_decode('a+b%26c')", "a b&c");
    }
    if (library.has("url_extract_host")) {
      library
          .function("varchar -> varchar", (in, out) -> part(in, out, URI::getHost))
          .is("The host of a URL; null if it has none.")
          .example("url_extract_host('https://example.org:8080/a?b=1#c')", "example.org");
    }
    if (library.has("url_extract_path")) {
      library
          .function("varchar -> varchar", (in, out) -> part(in, out, URI::getPath))
          .is("The path of a URL.")
          .example("url_extract_path('https://example.org/a/b?c=1')", "/a/b");
    }
    if (library.has("url_extract_port")) {
      library
          .function("varchar -> bigint", UrlLibrary::port)
          .is("The port of a URL; null if it names none.")
          .example("url_extract_port('https://example.org:8080/')", "8080");
    }
    if (library.has("url_extract_protocol")) {
      library
          .function("varchar -> varchar", (in, out) -> part(in, out, URI::getScheme))
          .is("The protocol of a URL.")
          .example("url_extract_protocol('https://example.org/')", "https");
    }
    if (library.has("url_extract_query")) {
      library
          .function("varchar -> varchar", (in, out) -> part(in, out, URI::getQuery))
          .is("The query of a URL; null if it has none.")
          .example("url_extract_query('https://example.org/a?b=1&c=2')", "b=1&c=2");
    }
    if (library.has("url_extract_fragment")) {
      library
          .function("varchar -> varchar", (in, out) -> part(in, out, URI::getFragment))
          .is("The fragment of a URL; null if it has none.")
          .example("url_extract_fragment('https://example.org/a#top')", "top");
    }
    if (library.has("url_extract_parameter")) {
      library
          .function("varchar, varchar -> varchar", UrlLibrary::parameter)
          .is("The first value of a parameter in the query of a URL; null if it is absent.")
          .example("url_extract_parameter('https://example.org/a?b=1&c=x%20y', 'c')", "x y");
    }
  }

  private static void decode(Arguments in, VectorBuilder out) {
    out.appendText(decoded(in.text(0)));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEscaped) {
      throw FunctionErrors.notA(text, "the text of a URL with escapes");
    }
  }

  private static URI parse(Arguments in) {
    String text = in.text(0);
    try {
      return new URI(text);
    } catch (URISyntaxException notAUrl) {
      throw FunctionErrors.notA(text, "a URL");
    }
  }

  private static void part(
      Arguments in, VectorBuilder out, Function<URI, @Nullable String> extraction) {
    String part = extraction.apply(parse(in));
    if (part == null) {
      out.appendNull();
    } else {
      out.appendText(part);
    }
  }

  private static void port(Arguments in, VectorBuilder out) {
    int port = parse(in).getPort();
    if (port < 0) {
      out.appendNull();
    } else {
      out.appendLong(port);
    }
  }

  private static void parameter(Arguments in, VectorBuilder out) {
    String query = parse(in).getRawQuery();
    String wanted = in.text(1);
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (decoded(name).equals(wanted)) {
          out.appendText(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
          return;
        }
      }
    }
    out.appendNull();
  }
}
