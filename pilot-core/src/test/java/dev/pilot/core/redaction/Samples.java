package dev.pilot.core.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Texts with a secret of each shape, made up anew from a seed.
 *
 * @param before what stands before the secret and stays
 * @param secret what must go
 * @param after what stands behind the secret and stays
 */
record Samples(String before, String secret, String after) {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGIT = "0123456789";
    private static final String ALNUM = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + DIGIT;
    private static final String CAPITAL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    String text() {
        return before + secret + after;
    }

    static List<Samples> all(Random random) {
        List<Samples> all = new ArrayList<>();
        for (String prefix : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "npm_", "hf_")) {
            all.add(alone(prefix + some(random, ALNUM, 36)));
        }
        all.add(alone("github_pat_" + some(random, ALNUM, 22) + "_" + some(random, ALNUM, 59)));
        all.add(alone("glpat-" + some(random, ALNUM, 20)));
        all.add(alone("AKIA" + some(random, CAPITAL, 16)));
        all.add(alone("ASIA" + some(random, CAPITAL, 16)));
        all.add(alone("AIza" + some(random, ALNUM, 35)));
        for (String kind : List.of("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-")) {
            all.add(alone(kind + some(random, DIGIT, 12) + "-" + some(random, ALNUM, 24)));
        }
        all.add(alone("sk-" + some(random, ALNUM, 40) + "aA1"));
        all.add(alone("sk-proj-" + some(random, ALNUM, 40) + "_aA1"));
        all.add(alone("sk-ant-api03-" + some(random, ALNUM, 80) + "-1AA"));
        all.add(alone("sk_live_" + some(random, ALNUM, 24)));
        all.add(alone("eyJhbGciOiJIUzI1NiJ9.eyJ" + some(random, ALNUM, 60) + "." + some(random, ALNUM, 43)));
        all.add(new Samples("Authorization: Bearer ", some(random, ALNUM, 30) + "1.~+/==", "\r\n"));
        all.add(new Samples("authorization: bearer ", some(random, ALNUM, 30) + "7", "\""));
        all.add(new Samples("Authorization: Basic ", "dXNlcjpodW50ZXIy" + "", "\n"));
        all.add(new Samples("clone https://bob:", some(random, ALNUM, 12), "@example.org/a.git"));
        all.add(new Samples("clone https://", some(random, ALNUM, 30) + "0", "@example.org/a.git"));
        all.add(new Samples("db: postgres://bob:", "p@ss" + some(random, ALNUM, 6), "@db.example.org:5432/x"));
        all.add(new Samples("api_key = \"", some(random, ALNUM, 20) + "11", "\""));
        all.add(new Samples("{\"apiKey\":\"", some(random, ALNUM, 20) + "11", "\",\"a\":1}"));
        all.add(new Samples("{\\\"token\\\":\\\"", some(random, ALNUM, 20) + "11", "\\\",\\\"a\\\":1}"));
        all.add(new Samples("DB_PASSWORD=", some(random, LOWER, 12), "\n"));
        all.add(new Samples("password: ", "hunter22" + some(random, ALNUM, 3), "\n"));
        all.add(new Samples("client_secret: '", "it\\\"s ".strip() + some(random, ALNUM, 12) + "11", "'"));
        all.add(new Samples("run --token ", some(random, ALNUM, 16) + "22", " --verbose"));
        all.add(new Samples("<password>", some(random, ALNUM, 12) + "33", "</password>"));
        all.add(new Samples("aws_secret_access_key=", some(random, ALNUM, 38) + "/9+9", "\n"));
        all.add(privateKey(random, "\n", "RSA PRIVATE KEY"));
        all.add(privateKey(random, "\r\n", "PRIVATE KEY"));
        all.add(privateKey(random, "\\n", "OPENSSH PRIVATE KEY"));
        all.add(privateKey(random, "\n2026-01-01 12:00:00 | ", "PGP PRIVATE KEY BLOCK"));
        return all;
    }

    private static Samples alone(String token) {
        return new Samples("", token, "");
    }

    private static Samples privateKey(Random random, String lineBreak, String label) {
        StringBuilder key = new StringBuilder("-----BEGIN " + label + "-----");
        for (int line = 0; line < 20; line++) {
            key.append(lineBreak).append(some(random, ALNUM + "+/", 64));
        }
        return alone(key + lineBreak + "-----END " + label + "-----");
    }

    static String some(Random random, String alphabet, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
