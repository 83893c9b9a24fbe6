package dev.pilot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.access.Rights;
import dev.pilot.api.access.Scope;
import dev.pilot.api.access.UpdateUser;
import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.ApplyAction;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.value.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedInputTest {
    private static final int MUTATIONS = 60;
    private static final String[] PIECES = {
        "null",
        "{}",
        "[]",
        "\"\"",
        "-1",
        "1e99",
        "99999999999999999999",
        "true",
        ",",
        "\"",
        "\\u0000",
        "\\ud800",
        "{",
        "[",
        "NaN",
        "//x",
        "\"a\":1,",
        "0x1",
        "\t",
        "PT",
        "-"
    };

    static List<Class<?>> records() {
        return ApiRecords.all();
    }

    @ParameterizedTest
    @MethodSource("records")
    void whateverIsSentIsReadOrRefusedAsInvalidInput(Class<?> type) {
        for (int seed = 0; seed < MUTATIONS; seed++) {
            Random random = new Random(seed);
            byte[] json = WireCodec.write(new Samples(seed).of(type));
            byte[] mutated = mutate(json, random);
            try {
                WireCodec.write(WireCodec.read(mutated, type));
            } catch (InvalidInput e) {
                assertFalse(e.fields().isEmpty(), () -> "no field for " + new String(mutated, UTF_8));
            }
        }
    }

    @Test
    void newRightsAreWholeSoThatNothingComesWithADefault() {
        InvalidInput refused = assertThrows(
                InvalidInput.class,
                () -> WireCodec.read("{\"rights\":{\"scopes\":[\"reader\"],\"proposes\":false}}", UpdateUser.class));
        assertEquals("rights.approves", refused.fields().get(0).field());
        UpdateUser whole = UpdateUser.NOTHING.rights(
                Rights.of(Scope.READER).in(Set.of(new ProjectId("prj_1"))).withoutDecisions());
        assertEquals(whole, WireCodec.read(WireCodec.write(whole), UpdateUser.class));
        assertEquals(UpdateUser.NOTHING, WireCodec.read("{}", UpdateUser.class));
    }

    @Test
    void aNameThatCantBeShownIsReplacedSoThatTheRefusalCanBeRead() {
        for (String name : new String[] {"\\u0000", "\\ud800", "\\u001b[2J", "n".repeat(5_000)}) {
            InvalidInput refused = assertThrows(
                    InvalidInput.class,
                    () -> WireCodec.read("{\"name\":\"x\",\"" + name + "\":1}", CreateProject.class));
            ErrorBody body = ErrorBody.of(refused);
            assertEquals(body, WireCodec.read(WireCodec.write(body), ErrorBody.class), name);
            assertTrue(refused.getMessage().length() < 300, name);
        }
    }

    private static byte[] mutate(byte[] json, Random random) {
        byte[] mutated = json;
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(mutated.length);
            mutated = switch (random.nextInt(4)) {
                case 0 -> splice(mutated, at, Math.min(mutated.length, at + 1 + random.nextInt(8)), new byte[0]);
                case 1 -> splice(mutated, at, at, PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8));
                case 2 -> splice(mutated, at, at + 1, new byte[] {(byte) random.nextInt(256)});
                default -> replaceValue(mutated, at, PIECES[random.nextInt(PIECES.length)]);
            };
            if (mutated.length == 0) {
                return mutated;
            }
        }
        return mutated;
    }

    /** Puts a piece in the place of what follows the next colon. */
    private static byte[] replaceValue(byte[] json, int from, String piece) {
        String text = new String(json, UTF_8);
        int colon = text.indexOf(':', Math.min(from, text.length()));
        if (colon < 0) {
            return json;
        }
        int end = colon + 1;
        while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return (text.substring(0, colon + 1) + piece + text.substring(end)).getBytes(UTF_8);
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] instead) {
        byte[] spliced = Arrays.copyOf(bytes, from + instead.length + bytes.length - to);
        System.arraycopy(instead, 0, spliced, from, instead.length);
        System.arraycopy(bytes, to, spliced, from + instead.length, bytes.length - to);
        return spliced;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"x\",\"taggs\":[]} | taggs          | is unknown; did you mean tags?",
                "{\"name\":\"x\",\"zzz\":1}    | zzz            | is unknown",
                "{}                            | name           | is required",
                "{\"name\":null}               | name           | is required",
                "{\"name\":1}                  | name           | must be a string",
                "{\"name\":\"x\",\"progress\":\"1\"} | progress | must be a whole number within range",
                "{\"name\":\"x\",\"progress\":1.5}   | progress | must be a whole number within range",
                "{\"name\":\"x\",\"progress\":true}  | progress | must be a whole number within range",
                "{\"name\":\"x\",\"progress\":99999999999} | progress | is out of range",
                "{\"name\":\"x\",\"tags\":\"a\"}     | tags     | must be an array",
                "{\"name\":\"x\",\"tags\":[\"a\",null]} | tags[1] | must not be null",
                "{\"name\":\"x\",\"tags\":[\"a\",3]} | tags[1]  | must be a string",
                "{\"name\":\"x\",\"commands\":{\"test\":[7]}} | commands.test[0] | must be a string",
                "{\"name\":\"x\",\"commands\":{\"tset\":[]}} | commands.tset | is unknown; did you mean test?",
                "{\"name\":\"x\",\"commands\":3}     | commands | must be an object",
                "{\"name\":\"x\",\"status\":\"wild\"} | status  | must be one of planning, in-progress, paused, completed, cancelled",
                "{\"name\":\"x\",\"repoId\":\"a b\"} | repoId   | may only have letters, digits and . _ : -",
                "{\"name\":\"x\",\"attributes\":[]}  | attributes | must be an object",
                "{\"name\":\"x\",\"attributes\":{\"a\":[1,\"\\u0000\"]}} | attributes.a[1] | must not hold the character U+0000",
                "{\"name\":\"x\",\"name\":\"y\"}     | body     | has a name twice at line 1, column 19",
                "{\"name\":\"x\"                     | body     | is not valid JSON at line 1, column 12",
                "{\"name\":\"x\"} {}                 | body     | has something behind its end",
                "[]                                  | body     | must be an object",
                "3                                   | body     | must be an object",
                "null                                | body     | must not be null",
                "`                                   `| body    | is empty, but must be JSON",
            })
    void whatIsWrongIsSaidByPath(String json, String field, String problem) {
        InvalidInput thrown = assertThrows(InvalidInput.class, () -> WireCodec.read(json, CreateProject.class));
        assertEquals(List.of(new FieldError(field, problem)), thrown.fields());
    }

    @Test
    void aRequiredFieldOfANestedRecordIsNamedByItsPath() {
        InvalidInput thrown = assertThrows(
                InvalidInput.class,
                () -> WireCodec.read(
                        "{\"links\":[{\"title\":\"t\",\"url\":\"u\"},{\"title\":\"t\"}]}", CreateRun.class));
        assertEquals(List.of(new FieldError("links[1].url", "is required")), thrown.fields());
    }

    @Test
    void aMisspelledFieldIsSaidTogetherWithTheOneThatIsMissed() {
        InvalidInput thrown =
                assertThrows(InvalidInput.class, () -> WireCodec.read("{\"nmae\":\"x\"}", CreateProject.class));
        assertEquals(
                List.of(
                        new FieldError("nmae", "is unknown; did you mean name?"),
                        new FieldError("name", "is required")),
                thrown.fields());
    }

    @Test
    void patchesTellAbsentFromNull() {
        UpdateProject patch = WireCodec.read("{\"category\":null,\"name\":\"x\"}", UpdateProject.class);
        assertEquals(
                UpdateProject.builder()
                        .name(dev.pilot.api.value.Edit.set("x"))
                        .category(dev.pilot.api.value.Edit.clear())
                        .build(),
                patch);
        assertEquals("{\"name\":\"x\",\"category\":null}", WireCodec.writeText(patch));
        InvalidInput thrown =
                assertThrows(InvalidInput.class, () -> WireCodec.read("{\"tags\":[1]}", UpdateProject.class));
        assertEquals("tags[0]", thrown.fields().get(0).field());
        assertThrows(InvalidInput.class, () -> WireCodec.read("{\"tags\":[null]}", UpdateProject.class));
    }

    @Test
    void nestingBeyondTheLimitIsRefusedByItsPath() {
        String deep = "{\"projectId\":\"p\",\"type\":\"add-tag\",\"params\":{\"a\":" + "[".repeat(1_000)
                + "]".repeat(1_000) + "}}";
        InvalidInput thrown = assertThrows(InvalidInput.class, () -> WireCodec.read(deep, ApplyAction.class));
        assertEquals(
                "is too deep, too long or has too long a name or number",
                thrown.fields().get(0).problem());
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        byte[] latin = {'"', (byte) 0xE9, '"'};
        byte[] overlong = {'"', (byte) 0xC1, (byte) 0x81, '"'};
        byte[] surrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
        for (byte[] bytes : List.of(latin, overlong, surrogate)) {
            InvalidInput thrown = assertThrows(InvalidInput.class, () -> WireCodec.read(bytes, Json.class));
            assertEquals("body: is not UTF-8", thrown.getMessage());
        }
        assertEquals(new Json.Str("\uFFFD"), WireCodec.read("\"\uFFFD\"".getBytes(UTF_8), Json.class));
        assertThrows(
                InvalidInput.class,
                () -> WireCodec.read("\"a\"".getBytes(java.nio.charset.StandardCharsets.UTF_16), Json.class));
    }

    @Test
    void numbersThatWouldCostTooMuchAreRefused() {
        for (String number : List.of("1e999999999", "1e99999999999", "1E-10000", "1" + "0".repeat(5_000))) {
            assertThrows(InvalidInput.class, () -> WireCodec.parse("{\"a\":" + number + "}"));
        }
        assertEquals("{\"a\":1.10E+05}", WireCodec.parse("{\"a\":1.10E+05}").toString());
    }

    @Test
    void theMessageNeverQuotesWhatWasSent() {
        for (String json : List.of(
                "{\"name\": hunter2}",
                "\"hunter2\"",
                "{\"name\":\"x\",\"progress\":\"hunter2\"}",
                "{\"name\":\"x\",\"status\":\"hunter2\"}")) {
            InvalidInput thrown = assertThrows(InvalidInput.class, () -> WireCodec.read(json, CreateProject.class));
            assertFalse(thrown.getMessage().contains("hunter2"), thrown::getMessage);
        }
    }

    @Test
    void durationsAreIsoTextOrMilliseconds() {
        assertEquals(
                1_500,
                WireCodec.read("{\"workerId\":\"w\",\"waitFor\":1500}", ClaimRequest.class)
                        .waitFor()
                        .toMillis());
        assertEquals(
                1_500,
                WireCodec.read("{\"workerId\":\"w\",\"waitFor\":\"PT1.5S\"}", ClaimRequest.class)
                        .waitFor()
                        .toMillis());
        for (String wrong :
                List.of("\"soon\"", "1.5", "99999999999999999999", "9223372036854775807", "\"P999999999D\"", "true")) {
            InvalidInput thrown = assertThrows(
                    InvalidInput.class,
                    () -> WireCodec.read("{\"workerId\":\"w\",\"waitFor\":" + wrong + "}", ClaimRequest.class),
                    wrong);
            assertEquals("waitFor", thrown.fields().get(0).field());
        }
    }

    @Test
    void timesHaveMicrosecondsAndAnyOffsetIsRead() {
        UpdateProject patch =
                WireCodec.read("{\"ifUpdatedAt\":\"2026-01-31T12:00:00.1234567+02:00\"}", UpdateProject.class);
        assertEquals("{\"ifUpdatedAt\":\"2026-01-31T10:00:00.123456Z\"}", WireCodec.writeText(patch));
        for (String wrong : List.of("yesterday", "2026-01-31", "+20000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "")) {
            assertThrows(
                    InvalidInput.class,
                    () -> WireCodec.read("{\"ifUpdatedAt\":\"" + wrong + "\"}", UpdateProject.class));
        }
    }

    @Test
    void lenientReadingSkipsWhatIsUnknownAndNothingElse() {
        assertEquals(
                "x",
                WireCodec.readLenient("{\"name\":\"x\",\"future\":{\"a\":[1]}}", CreateProject.class)
                        .name());
        assertThrows(InvalidInput.class, () -> WireCodec.readLenient("{\"name\":7}", CreateProject.class));
    }
}
