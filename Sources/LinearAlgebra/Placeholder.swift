import CBLAS
import CLAPACKE
