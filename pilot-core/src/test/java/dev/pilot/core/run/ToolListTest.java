package dev.pilot.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.core.run.ToolList.Fit;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolListTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "read,             read,      -,            LISTED",
                "read,             read,      /etc/passwd,  LISTED",
                "read,             reader,    -,            UNKNOWN",
                "read,             Read,      -,            UNKNOWN",
                "git.*,            git.push,  main,         LISTED",
                "*,                anything,  anywhere,     LISTED",
                "write:src/*,      write,     src/A.java,   LISTED",
                "write:src/*,      write,     src/a/b/C,    LISTED",
                "write:src/*,      write,     pom.xml,      ELSEWHERE",
                "write:src/*,      write,     -,            ELSEWHERE",
                "write:src/*,      write,     src/../x,     ELSEWHERE",
                "write:src/*,      write,     src/a/..,     ELSEWHERE",
                "write:src/*,      write,     'src\\..\\x', ELSEWHERE",
                "write:src/*,      write,     src/a..b/c,   LISTED",
                "write:src/*.java, write,     src/A.java,   LISTED",
                "write:src/*.java, write,     src/A.xml,    ELSEWHERE",
                "fetch:https://*.example.org/*, fetch, https://a.example.org/x, LISTED",
                "fetch:https://*.example.org/*, fetch, https://example.com/x,   ELSEWHERE",
            })
    void anEntryNamesAToolAndWhatItMayBeUsedOn(String entry, String tool, String target, Fit fit) {
        assertEquals(fit, new ToolList(List.of("other", entry)).fit(tool, target));
    }

    @Test
    void nothingIsOnAnEmptyList() {
        assertEquals(Fit.UNKNOWN, new ToolList(List.of()).fit("read", null));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void patternsMatchAsTheLibrarysWould(long seed) {
        Random random = new Random(seed);
        int matches = 0;
        for (int i = 0; i < 20_000; i++) {
            String pattern = word(random, "ab*", 6);
            String text = word(random, "ab", 8);
            boolean expected = Pattern.compile(pattern.chars()
                            .mapToObj(c -> c == '*' ? ".*" : Pattern.quote(Character.toString(c)))
                            .collect(Collectors.joining()))
                    .matcher(text)
                    .matches();
            assertEquals(expected, ToolList.matches(pattern, text), () -> pattern + " on " + text);
            matches += expected ? 1 : 0;
        }
        assertTrue(matches > 1_000, "too few matches to prove anything");
    }

    private static String word(Random random, String letters, int longest) {
        return random.ints(random.nextInt(longest), 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .collect(Collectors.joining());
    }

    @Test
    void noPatternTakesForEver() {
        assertFalse(ToolList.matches("*a".repeat(100) + "b", "a".repeat(2_000)));
    }
}
