package dev.pilot.e2e.fault.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.value.Json;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Bodies that are nearly what a schema asks for. Not for several threads. */
final class OddJson {
    /** Long lists of long lists would fill this program's memory, not the hub's. */
    private static final int LONGEST = 8_000_000;

    private static final int DEEPEST = 6;
    private static final List<String> TEXTS = List.of(
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"none\"",
            "\"../../etc/passwd\"",
            "\"a/b\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\uD83D\\uDE00\"",
            "\"\\u202e\\ufeff\"",
            "\"'; drop table projects; --\"",
            "\"%s%n${x}#{x}{{x}}\"",
            "\"<script>alert(1)</script>\"",
            "\"\\r\\nSet-Cookie: a=b\"",
            "\"2026-01-31T00:00:00Z\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"+999999999-12-31T23:59:59.999999999Z\"",
            "\"PT0.000000001S\"",
            "\"PT-9223372036854775808S\"",
            "\"P106751991167300D\"",
            "\"1e9999\"",
            "\"null\"",
            "\"\\q\"",
            "\"unended");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "0.5",
            "1e3",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1e400",
            "1e-400",
            "1e2147483647",
            "1e99999999999",
            "-1e-99999999999",
            "123456789012345678901234567890.123456789",
            "NaN",
            "Infinity",
            "-Infinity",
            "0x10",
            "01",
            "+1",
            ".5",
            "1.",
            "--1");
    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "false",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "{\"\":null}",
            "TRUE",
            "undefined",
            "",
            "/*c*/1",
            "'x'");

    private final Random random;
    private final Map<String, Json> schemas;
    private final List<String> ids;

    /** Bodies are made as the schemas of the hub's own description say. */
    OddJson(Random random, Map<String, Json> schemas, List<String> ids) {
        this.random = random;
        this.schemas = schemas;
        this.ids = ids;
    }

    byte[] body(@Nullable Json schema) {
        return switch (random.nextInt(12)) {
            case 0 -> whole().getBytes(UTF_8);
            case 1 -> broken(of(schema, 0, 0.1).getBytes(UTF_8));
            case 2 -> of(schema, 0, 0.1).getBytes(random.nextBoolean() ? UTF_16 : ISO_8859_1);
            case 3 -> deep().getBytes(UTF_8);
            case 4 -> (of(schema, 0, 0.05) + pick(List.of("{}", ",", "]", "\u0000", "\n\n{}", "x"))).getBytes(UTF_8);
            case 5 -> ("\ufeff" + of(schema, 0, 0.1)).getBytes(UTF_8);
            case 6, 7, 8 -> of(schema, 0, 0.02).getBytes(UTF_8);
            default -> of(schema, 0, 0.2).getBytes(UTF_8);
        };
    }

    private String whole() {
        return pick(List.of(TEXTS, NUMBERS, OTHERS).get(random.nextInt(3)));
    }

    /** Bytes that are no UTF-8, or not all that there were. */
    private byte[] broken(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = body.length == 0 ? 0 : random.nextInt(body.length);
        out.write(body, 0, at);
        out.writeBytes(pick(List.of(
                new byte[] {(byte) 0xc3, 0x28},
                new byte[] {(byte) 0xff, (byte) 0xfe},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xc0, (byte) 0xaf},
                new byte[] {0})));
        if (random.nextBoolean()) {
            out.write(body, at, body.length - at);
        }
        return out.toByteArray();
    }

    private String deep() {
        int levels = pick(List.of(31, 33, 65, 1_000, 100_000));
        return switch (random.nextInt(3)) {
            case 0 -> "[".repeat(levels) + "]".repeat(levels);
            case 1 -> "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
            default -> "{\"attributes\":" + "[".repeat(levels);
        };
    }

    private String of(@Nullable Json schema, int depth, double odd) {
        if (random.nextDouble() < odd) {
            return whole();
        }
        if (!(schema instanceof Json.Obj known) || depth > DEEPEST) {
            return pick(OTHERS.subList(0, 6));
        }
        String reference = known.text("$ref");
        if (reference != null) {
            return of(schemas.get(reference.substring(reference.lastIndexOf('/') + 1)), depth + 1, odd);
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (known.get(choice) instanceof Json.Arr choices) {
                return of(pick(choices.items()), depth, odd);
            }
        }
        if (known.get("enum") instanceof Json.Arr names) {
            return pick(names.items()).toString();
        }
        return switch (String.valueOf(known.text("type"))) {
            case "string" -> text(odd);
            case "integer", "number" -> random.nextDouble() < odd ? pick(NUMBERS) : "" + random.nextInt(5);
            case "boolean" -> "" + random.nextBoolean();
            case "array" -> list(known, depth, odd);
            case "object" -> object(known, depth, odd);
            default -> pick(OTHERS.subList(0, 6));
        };
    }

    private String text(double odd) {
        double choice = random.nextDouble();
        if (choice < odd) {
            return "\"" + "x".repeat(pick(List.of(201, 20_001, 70_000))) + "\"";
        } else if (choice < 0.5) {
            return "\"" + pick(ids) + "\"";
        }
        return pick(TEXTS);
    }

    private String list(Json.Obj schema, int depth, double odd) {
        int size = random.nextDouble() < odd ? 501 : random.nextInt(3);
        StringBuilder list = new StringBuilder("[");
        String item = of(schema.get("items"), depth + 1, odd);
        boolean isLong = size > 10;
        int most = isLong ? Math.max(1, Math.min(size, LONGEST / (item.length() + 1))) : size;
        for (int i = 0; i < most; i++) {
            list.append(i == 0 ? "" : ",").append(isLong ? item : of(schema.get("items"), depth + 1, odd));
        }
        return list.append(']').toString();
    }

    private String object(Json.Obj schema, int depth, double odd) {
        StringBuilder object = new StringBuilder("{");
        if (schema.get("properties") instanceof Json.Obj properties) {
            boolean all = random.nextBoolean();
            properties.members().forEach((name, value) -> {
                if (all || random.nextInt(3) > 0) {
                    member(object, name, of(value, depth + 1, odd));
                    if (random.nextDouble() < odd / 2) {
                        member(object, name, of(value, depth + 1, odd));
                    }
                }
            });
        }
        if (random.nextDouble() < odd) {
            member(object, pick(List.of("unknown", "", "__proto__", "class", "@type", "\\u0000", "a.b")), whole());
        }
        return object.append('}').toString();
    }

    private static void member(StringBuilder object, String name, String value) {
        object.append(object.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
