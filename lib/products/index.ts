export { findProduct, type ListedProduct, listProducts, type Product } from './find.ts';
export { type CreateProduct, createProduct, removeProduct, renameProduct } from './manage.ts';
