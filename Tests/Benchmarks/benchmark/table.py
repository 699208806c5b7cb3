"""The result as a Markdown table, columns padded so that it reads on a terminal too."""

from .requirements import Row

HEADINGS = ["what", "cartcal", "peers", "ratio", "needed", "aim", "verdict"]


def markdown(rows: list[Row]) -> str:
    cells = [HEADINGS, *(list(row.as_dict().values()) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(line, widths)) + " |"
        for line in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
