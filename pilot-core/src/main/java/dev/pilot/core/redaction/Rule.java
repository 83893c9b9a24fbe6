package dev.pilot.core.redaction;

/** Confirms, at a place where a rule's anchor stands, that there is a secret, and says where it starts and ends. */
interface Rule {
    /** No secret here. */
    long NONE = -1;
    /** It can't be said before more of the text is there. */
    long MORE = -2;

    /** The longest secret that is looked for; what is held back of a stream is bounded by it. */
    int LONGEST = 64 * 1024;

    /**
     * Looks behind an anchor. What it finds never starts before the anchor does.
     *
     * @param text the text
     * @param start where the anchor starts
     * @param behind the byte behind the anchor
     * @return a {@link #span}, {@link #NONE} or, only in an open text, {@link #MORE}
     */
    long confirm(Text text, int start, int behind);

    /** Packs where a secret starts and the byte behind it. */
    static long span(int start, int end) {
        return ((long) start << 32) | end;
    }
}
