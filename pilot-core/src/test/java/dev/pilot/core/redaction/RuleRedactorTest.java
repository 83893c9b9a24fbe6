package dev.pilot.core.redaction;

import static dev.pilot.api.access.SecretRedactor.MARK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.access.SecretRedactor.RedactingStream;
import dev.pilot.api.value.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleRedactorTest {
    private static final List<String> BEFORE =
            List.of("", "said ", "\n", "(", "x=1;", "日本 ", "\r\n> ", "\"", "token ", "-");
    private static final List<String> AFTER = List.of("", " and on", "\n", ")", "\r\nnext", " é", "\"", ", ");

    private final RuleRedactor redactor = RuleRedactor.withDefaults(List.of());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyShapeIsFoundInEverySurroundingsAndNothingElseIsTouched(long seed) {
        Random random = new Random(seed);
        for (Samples sample : Samples.all(random)) {
            for (String before : BEFORE) {
                for (String after : AFTER) {
                    String text = before + sample.text() + after;
                    String wanted = before + sample.before() + MARK + sample.after() + after;
                    String redacted = redactor.redact(text);
                    if (redacted.equals(before + sample.before() + MARK)) {
                        continue; // what follows belongs to the value
                    }
                    assertThat(redacted).isEqualTo(wanted);
                    assertThat(redactor.redact(redacted)).isSameAs(redacted);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void streamAndMaskSayTheSameAsTheWholeTextHoweverItIsSplit(long seed) {
        Random random = new Random(seed);
        redactor.learn("known secret/with ü");
        for (int round = 0; round < 150; round++) {
            String text = jumble(random);
            String redacted = redactor.redact(text);
            assertThat(streamed(redactor, text, random, false)).isEqualTo(redacted);
            assertThat(redactor.redact(redacted)).isEqualTo(redacted);
            byte[] bytes = text.getBytes(UTF_8);
            int masked = redactor.mask(bytes, 0, bytes.length);
            assertThat(masked > 0).isEqualTo(!redacted.equals(text));
            assertThat(redactor.mask(bytes, 0, bytes.length)).isZero();
            assertThat(marked(bytes, text.getBytes(UTF_8)))
                    .isEqualTo(redacted.replaceAll("(\\[redacted])+", "[redacted]"));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void aFlushInTheMiddleLeaksNoMoreThanItsBeginning(long seed) {
        Random random = new Random(seed);
        for (Samples sample : Samples.all(random)) {
            byte[] bytes = ("a line\n" + sample.text() + " end\n").getBytes(UTF_8);
            int from = 7 + sample.before().length();
            for (int cut = from; cut <= from + sample.secret().length(); cut += 1 + random.nextInt(5)) {
                Gathered out = new Gathered();
                RedactingStream stream = redactor.stream(out);
                stream.write(bytes, 0, cut);
                stream.flush();
                String shown = out.text();
                stream.write(bytes, cut, bytes.length - cut);
                stream.flush();
                String rest = sample.secret().substring(cut - from);
                assertThat(out.text()).startsWith(shown);
                if (rest.length() > 3) {
                    assertThat(out.text().substring(shown.length()))
                            .as("cut %d of %s", cut - from, sample)
                            .doesNotContain(rest);
                }
            }
        }
    }

    @Test
    void aKnownSecretIsFoundInEveryFormThatItTakes() {
        String secret = "S3cr/t+ü \"word\"\nline&";
        redactor.learn(secret);
        byte[] bytes = secret.getBytes(UTF_8);
        Base64.Encoder base64 = Base64.getEncoder();
        for (String form : List.of(
                secret,
                secret.replace("\n", "\r\n"),
                URLEncoder.encode(secret, UTF_8),
                URLEncoder.encode(secret, UTF_8).replace("+", "%20"),
                "S3cr%2ft%2b%c3%bc+%22word%22%0aline%26",
                "S3cr/t+ü \\\"word\\\"\\nline&",
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes))) {
            assertThat(redactor.redact("<" + form + ">")).doesNotContain(form).contains(MARK);
        }
        for (String before : List.of("", "a", "ab", "abc", "user:")) {
            String encoded = base64.encodeToString((before + secret + "!").getBytes(UTF_8));
            String core = encoded.substring((before.length() * 8 + 5) / 6, (before.length() + bytes.length) * 8 / 6);
            assertThat(redactor.redact(encoded)).doesNotContain(core).contains(MARK);
            String urlSafe = encoded.replace('+', '-').replace('/', '_');
            assertThat(redactor.redact(urlSafe)).contains(MARK);
        }
    }

    @Test
    void aSecretLearntWhileAStreamIsOpenIsFoundInWhatFollows() {
        Gathered out = new Gathered();
        RedactingStream stream = redactor.stream(out);
        byte[] first = "the word is sesame7\n".getBytes(UTF_8);
        stream.write(first, 0, first.length);
        redactor.learn("sesame7");
        stream.write(first, 0, first.length);
        stream.flush();
        assertThat(out.text()).isEqualTo("the word is sesame7\nthe word is " + MARK + "\n");
    }

    @Test
    void whatWouldRedactOrdinaryWordsIsNotLearnt() {
        for (String plain : List.of("", "a", "short", "      ", "redacted", "*******")) {
            redactor.learn(plain);
        }
        String text = "a short text, [redacted], *******,       end";
        assertThat(redactor.redact(text)).isSameAs(text);
    }

    @Test
    void aThousandKnownSecretsAreAllFound() {
        Random random = new Random(5);
        List<String> secrets = Stream.generate(() -> Samples.some(random, "abcdefghijklmnop!§$%&/", 12))
                .limit(1000)
                .toList();
        RuleRedactor many = RuleRedactor.withDefaults(secrets);
        for (String secret : secrets) {
            assertThat(many.redact("<" + secret + ">")).isEqualTo("<" + MARK + ">");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the token is expired, get a new token: see the docs",
                "String password = request.getPassword();",
                "password = readPassword(console)",
                "int maxTokens = 4096; token_count: 128000, tokens=31999",
                "commit 3f2a9c1e8b7d6054c2b1a09f8e7d6c5b4a392817",
                "id 0190f5d2-7b1c-7e3a-9d44-2f6a7c8b9e10",
                "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "api_key=${API_KEY} secret: <your-secret-here1> password={{ vault.pw1 }}",
                "PASSWORD=$PGPASSWORD TOKEN=********",
                "password_file: /run/secrets/db1 token_url=https://login.example.org/v2",
                "https://example.org:8443/a@b?c=d ssh://git@example.org/a.git",
                "https://user:${PASSWORD}@example.org",
                "Basic authentication, Bearer authentication-scheme",
                "@Token12 class TokenService<Token> implements Tokens { Token::parse2 }",
                "if (secret == expected12) { token += part22[0]; }",
                "the task-management-board-2-A and disk-usage-percentage-1A",
                "-----BEGIN CERTIFICATE-----\nMIIBszCCARwCCQ\n-----END CERTIFICATE-----",
                "\"js-tokens\": \"^4.0.0\", \"token-types\": \"5.0.0-alpha11\"",
                "password=[redacted]",
                "--token-file conf22.txt --password",
                "half a pair \uD83D and token: \uDE00"
            })
    void cleanTextStaysTheSameObject(String text) {
        assertThat(redactor.redact(text)).isSameAs(text);
        assertThat(streamed(redactor, text, new Random(1), true)).isEqualTo(new String(text.getBytes(UTF_8), UTF_8));
    }

    @Test
    void theSourcesOfThisProjectHoldNoSecret() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(root.resolve("pilot-api/src/main"))) {
            sources = files.filter(Files::isRegularFile).toList();
        }
        assertThat(sources).hasSizeGreaterThan(100);
        for (Path source : sources) {
            String text = Files.readString(source);
            assertThat(redactor.redact(text)).as("%s", source).isSameAs(text);
        }
    }

    @Test
    void whatUtf8CanNotHoldStaysAsItWas() {
        String text = "\uD83D token \uDE00 é 😀 password=hunter22x \uD83D!";
        assertThat(redactor.redact(text)).isEqualTo("\uD83D token \uDE00 é 😀 password=" + MARK + " \uD83D!");
    }

    @Test
    void jsonIsRedactedAtEveryDepth() {
        String token = "ghp_" + "a1".repeat(18);
        Json.Obj json = new Json.Obj(Map.of("note", new Json.Arr(List.of(new Json.Str("use " + token)))));
        assertThat(redactor.redact(json).toString()).isEqualTo("{\"note\":[\"use " + MARK + "\"]}");
    }

    @Test
    void whatHasNoEndIsHeldBackWithinBounds() {
        long[] passed = {0};
        RedactingStream stream = redactor.stream((bytes, from, length) -> passed[0] += length);
        byte[] begin = "-----BEGIN RSA PRIVATE KEY-----\n".getBytes(UTF_8);
        stream.write(begin, 0, begin.length);
        byte[] line = "no key at all, and it goes on and on\n".getBytes(UTF_8);
        long written = begin.length;
        for (int i = 0; i < 20_000; i++) {
            stream.write(line, 0, line.length);
            written += line.length;
            assertThat(written - passed[0]).isLessThan(160 * 1024);
        }
        stream.flush();
        assertThat(passed[0]).isEqualTo(written);
    }

    @Test
    void nestedAndEndlessAnchorsAreNoTrouble() {
        for (String text : List.of(
                "token=".repeat(40_000),
                "eyJa.".repeat(40_000),
                "://".repeat(40_000),
                "-----BEGIN PRIVATE KEY-----".repeat(5_000),
                "Bearer ".repeat(20_000),
                "ghp_".repeat(40_000))) {
            String redacted = redactor.redact(text);
            assertThat(redacted.length()).isPositive();
            assertThat(streamed(redactor, text, new Random(2), true)).isNotNull();
        }
    }

    /** Secrets, words and fragments of secrets, one after another. */
    private static String jumble(Random random) {
        List<Samples> samples = Samples.all(random);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            String secret = samples.get(random.nextInt(samples.size())).text();
            switch (random.nextInt(6)) {
                case 0 -> text.append("known secret/with ü");
                case 1 -> text.append(secret);
                case 2 -> text.append(secret, 0, random.nextInt(secret.length()));
                case 3 -> text.append("plain words, ").append("token ").append("日本 😀");
                case 4 -> text.append(AFTER.get(random.nextInt(AFTER.size())));
                default -> text.append(secret).append(BEFORE.get(random.nextInt(BEFORE.size())));
            }
        }
        return text.toString();
    }

    private static String streamed(SecretRedactor redactor, String text, Random random, boolean large) {
        byte[] bytes = text.getBytes(UTF_8);
        Gathered out = new Gathered();
        RedactingStream stream = redactor.stream(out);
        int from = 0;
        int most = large ? 5000 : random.nextBoolean() ? 3 : 60;
        while (from < bytes.length) {
            int length = Math.min(bytes.length - from, 1 + random.nextInt(most));
            stream.write(bytes, from, length);
            from += length;
        }
        stream.flush();
        return out.text();
    }

    /** What was masked, with marks: runs of asterisks that differ from the text. */
    private static String marked(byte[] masked, byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean inside = false;
        for (int i = 0; i < text.length; i++) {
            boolean gone = masked[i] != text[i];
            if (!gone) {
                out.write(text[i]);
            } else if (!inside) {
                out.writeBytes(MARK.getBytes(UTF_8));
            }
            inside = gone;
        }
        return out.toString(UTF_8);
    }

    private static final class Gathered implements SecretRedactor.ByteSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void accept(byte[] chunk, int from, int length) {
            bytes.write(chunk, from, length);
        }

        String text() {
            return bytes.toString(UTF_8);
        }
    }
}
