package dev.pilot.core.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.pilot.api.access.SecretRedactor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The default redactor: one pass over the text with an automaton that finds the anchors of all rules and known secrets at once,
 * then a confirmation at each hit. Known secrets are found plain and in the forms that they take in URLs, JSON, hexadecimal and
 * base64. Threads may share it.
 */
public final class RuleRedactor implements SecretRedactor {
    private final List<Pattern> shapes;
    private final Set<String> known = new LinkedHashSet<>();
    private volatile @Nullable RuleSet rules;

    private RuleRedactor(List<Pattern> shapes) {
        this.shapes = shapes;
    }

    /**
     * A redactor with the shapes of tokens that are built in.
     *
     * @param knownSecrets secrets that are known by value; those too short to be told from words are ignored
     * @return the redactor
     */
    public static RuleRedactor withDefaults(Collection<String> knownSecrets) {
        RuleRedactor redactor = new RuleRedactor(TokenShapes.all());
        knownSecrets.forEach(redactor::learn);
        return redactor;
    }

    @Override
    public String redact(String text) {
        RuleSet now = rules();
        if (!now.touches(text)) {
            return text;
        }
        byte[] bytes = text.getBytes(UTF_8);
        Text window = Text.whole(bytes, 0, bytes.length);
        now.scan(window, 0);
        return window.spans.size() == 0 ? text : marked(text, window.spans);
    }

    @Override
    public RedactingStream stream(ByteSink sink) {
        return new MarkingStream(this::rules, requireNonNull(sink, "sink"));
    }

    @Override
    public int mask(byte[] bytes, int from, int to) {
        Text window = Text.whole(bytes, from, to);
        rules().scan(window, from);
        int masked = 0;
        for (int i = 0; i < window.spans.size(); i++) {
            Arrays.fill(bytes, window.spans.start(i), window.spans.end(i), (byte) '*');
            masked += window.spans.end(i) - window.spans.start(i);
        }
        return masked;
    }

    @Override
    public void learn(String secret) {
        if (SecretForms.tooPlain(secret, MARK)) {
            return;
        }
        synchronized (known) {
            if (known.add(secret)) {
                rules = null; // made anew when next needed: many may be learnt at once
            }
        }
    }

    private RuleSet rules() {
        RuleSet now = rules;
        if (now != null) {
            return now;
        }
        synchronized (known) {
            if (rules == null) {
                Set<String> forms = new LinkedHashSet<>();
                known.forEach(secret -> forms.addAll(SecretForms.of(secret)));
                List<byte[]> needles = new ArrayList<>();
                forms.forEach(form -> needles.add(form.getBytes(UTF_8)));
                rules = new RuleSet(shapes, needles);
            }
            return requireNonNull(rules);
        }
    }

    /** Puts marks into a text for spans of its UTF-8 bytes; what UTF-8 can't hold (half a surrogate pair) stays as it was. */
    private static String marked(String text, Spans spans) {
        StringBuilder marked = new StringBuilder(text.length());
        int chars = 0;
        int bytes = 0;
        for (int i = 0; i < spans.size(); i++) {
            int from = chars;
            while (bytes < spans.start(i)) {
                bytes += width(text, chars);
                chars += step(text, chars);
            }
            marked.append(text, from, chars).append(MARK);
            while (bytes < spans.end(i)) {
                bytes += width(text, chars);
                chars += step(text, chars);
            }
        }
        return marked.append(text, chars, text.length()).toString();
    }

    private static int step(String text, int index) {
        return Character.charCount(text.codePointAt(index));
    }

    private static int width(String text, int index) {
        int point = text.codePointAt(index);
        if (point < 0x80 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            return 1; // half a pair becomes one question mark
        }
        return point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
