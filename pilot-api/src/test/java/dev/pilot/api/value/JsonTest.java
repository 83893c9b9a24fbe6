package dev.pilot.api.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void objectsKeepTheOrderOfTheirMembers() {
        assertThat(Json.object("z", 1, "a", 2, "m", 3)).hasToString("{\"z\":1,\"a\":2,\"m\":3}");
    }

    @Test
    void textIsEscapedAsJsonAsks() {
        assertThat(new Json.Str("a\"b\\c\n\t\u0001\u2028é\uD83D\uDE00"))
                .hasToString("\"a\\\"b\\\\c\\n\\t\\u0001\\u2028é\uD83D\uDE00\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "1.10", "1e400", "123456789012345678901234567890", "-1.5E-7"})
    void numbersKeepTheirText(String text) {
        assertThat(new Json.Num(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "+1", "1.", ".5", "NaN", "0x1", "1e", " 1"})
    void whatIsNoNumberIsRefused(String text) {
        assertThatThrownBy(() -> new Json.Num(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void plainValuesBecomeJson() {
        assertThat(Json.of(List.of(1, "a", true, Map.of("k", 1.5)))).hasToString("[1,\"a\",true,{\"k\":1.5}]");
        assertThat(Json.of(null)).isSameAs(Json.NULL);
    }

    /** The example of RFC 7396, section 3. */
    @Test
    void mergePatchFollowsTheRfc() {
        Json.Obj document = Json.object(
                "title",
                "Goodbye!",
                "author",
                Json.object("givenName", "John", "familyName", "Doe"),
                "tags",
                List.of("example", "sample"),
                "content",
                "This will be unchanged");
        Json.Obj patch = Json.object(
                "title",
                "Hello!",
                "phoneNumber",
                "+01-123-456-7890",
                "author",
                Json.object("familyName", null),
                "tags",
                List.of("example"));
        assertThat(document.merge(patch))
                .isEqualTo(Json.object(
                        "title", "Hello!",
                        "author", Json.object("givenName", "John"),
                        "tags", List.of("example"),
                        "content", "This will be unchanged",
                        "phoneNumber", "+01-123-456-7890"));
    }

    @Test
    void mergingIntoSomethingThatIsNoObjectDropsNulls() {
        assertThat(Json.object("a", "text").merge(Json.object("a", Json.object("b", null, "c", 1))))
                .isEqualTo(Json.object("a", Json.object("c", 1)));
    }

    @Test
    void canonicalFormsOfWhatMeansTheSameAreEqual() {
        Json one =
                Json.object("b", new Json.Num("1.0"), "a", List.of(new Json.Num("1e2"), Json.object("y", 1, "x", 2)));
        Json other =
                Json.object("a", List.of(new Json.Num("100"), Json.object("x", 2, "y", 1)), "b", new Json.Num("1"));
        assertThat(one).isNotEqualTo(other);
        assertThat(one.canonical()).hasToString(other.canonical().toString());
    }

    @Test
    void zeroIsZeroInCanonicalForm() {
        assertThat(new Json.Num("-0.000e5").canonical()).hasToString("0");
    }

    @Test
    void anAbsurdExponentIsNotWrittenOut() {
        assertThat(new Json.Num("1e999999999").canonical().toString().length()).isLessThan(20);
        assertThat(Json.object("n", new Json.Num("1e999999999")).number("n", 7)).isZero();
    }
}
