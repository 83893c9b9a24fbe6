package dev.pilot.core.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The forms in which a known secret turns up: plain; with CRLF for LF; percent-encoded as in a path and as in a form; escaped as
 * in JSON; hexadecimal; base64, standard and URL-safe, at each of the three alignments that it can have inside a longer text.
 */
final class SecretForms {
    private SecretForms() {}

    static Set<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        forms.add(secret.replace("\r\n", "\n").replace("\n", "\r\n"));
        String form = URLEncoder.encode(secret, UTF_8);
        forms.add(form);
        forms.add(lowerEscapes(form));
        String path = form.replace("+", "%20");
        forms.add(path);
        forms.add(lowerEscapes(path));
        String json = escaped(secret);
        forms.add(json);
        forms.add(json.replace("/", "\\/"));
        byte[] bytes = secret.getBytes(UTF_8);
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            String core = base64Core(bytes, before);
            forms.add(core);
            forms.add(core.replace('+', '-').replace('/', '_'));
        }
        return forms;
    }

    /** The characters that are the same whatever stands before (so many bytes, modulo 3) and behind the secret. */
    private static String base64Core(byte[] secret, int before) {
        ByteArrayOutputStream shifted = new ByteArrayOutputStream();
        shifted.write(new byte[before], 0, before);
        shifted.write(secret, 0, secret.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted.toByteArray());
        int from = (before * 8 + 5) / 6;
        int to = shifted.size() * 8 / 6;
        return encoded.substring(from, to);
    }

    private static String lowerEscapes(String encoded) {
        StringBuilder lower = new StringBuilder(encoded);
        for (int at = encoded.indexOf('%'); at >= 0; at = encoded.indexOf('%', at + 1)) {
            lower.replace(at, at + 3, encoded.substring(at, at + 3).toLowerCase(Locale.ROOT));
        }
        return lower.toString();
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder();
        for (char c : text.toCharArray()) {
            int known = "\"\\\b\f\n\r\t".indexOf(c);
            if (known >= 0) {
                json.append('\\').append("\"\\bfnrt".charAt(known));
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    /** Whether a value would redact ordinary words, or the marks themselves. */
    static boolean tooPlain(String secret, String mark) {
        return secret.length() < 6
                || secret.isBlank()
                || mark.contains(secret)
                || secret.chars().allMatch(c -> c == '*');
    }
}
