package dev.frazil.bridge;

import dev.frazil.config.Secret;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The private key and the certificates with which a {@link RestBridge} shows who it is. */
public final class TlsIdentity {
  private static final Pattern PEM_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private final SSLContext context;

  private TlsIdentity(SSLContext context) {
    this.context = context;
  }

  SSLContext context() {
    return context;
  }

  /** From a PKCS12 file. 22023 where it cannot be read. */
  public static TlsIdentity pkcs12(Path file, Secret password) {
    char[] letters = password.reveal().toCharArray();
    try (InputStream stream = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(stream, letters);
      return of(keys, letters);
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(file, "a PKCS12 file of that password", e);
    }
  }

  /**
   * From PEM files.
   *
   * @param certificates of the server, its own first
   * @param key in PKCS8 ({@code BEGIN PRIVATE KEY}), not encrypted
   */
  public static TlsIdentity pem(Path certificates, Path key) {
    PrivateKey privateKey = privateKey(key);
    try {
      CertificateFactory x509 = CertificateFactory.getInstance("X.509");
      Certificate[] chain =
          x509.generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificates)))
              .toArray(new Certificate[0]);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry("bridge", privateKey, new char[0], chain);
      return of(keys, new char[0]);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unreadable(certificates, "certificates in PEM that belong to the key", e);
    }
  }

  private static PrivateKey privateKey(Path file) {
    try {
      Matcher matcher =
          PEM_KEY.matcher(new String(Files.readAllBytes(file), StandardCharsets.US_ASCII));
      if (!matcher.find()) {
        throw unreadable(file, "a PEM file with BEGIN PRIVATE KEY (PKCS8, not encrypted)", null);
      }
      PKCS8EncodedKeySpec spec =
          new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
      for (String algorithm : List.of("RSA", "EC")) {
        try {
          return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
          // A key of the other kind.
        }
      }
      return KeyFactory.getInstance("EdDSA").generatePrivate(spec);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw unreadable(file, "a private key in PEM (PKCS8, not encrypted)", e);
    }
  }

  private static TlsIdentity of(KeyStore keys, char[] password) throws GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return new TlsIdentity(context);
  }

  /** Without the text of the cause, which may tell of the key. */
  private static EngineException unreadable(Path file, String expected, @Nullable Exception cause) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE, "the file " + file + " is not " + expected, cause);
  }
}
