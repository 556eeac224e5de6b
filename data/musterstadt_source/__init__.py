"""The fictional programme Musterstadt: handwritten texts, and the series generated around them."""
